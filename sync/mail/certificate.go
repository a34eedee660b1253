package mail

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net"
	"slices"
	"strconv"
	"time"

	"rapport/data"
)

// trusting is whom an encrypted connection may be to: the server whose
// certificate this laptop trusts for its name, or where one is pinned, whoever
// shows that very certificate, and nobody else.
func (s Source) trusting() *tls.Config {
	c := &tls.Config{ServerName: s.Mailbox.Host, RootCAs: s.RootCAs, MinVersion: tls.VersionTLS12}
	if s.Mailbox.Pinned != "" {
		c.InsecureSkipVerify = true // names, dates and signers count no more: VerifyConnection wants the one certificate
		c.VerifyConnection = s.isPinned
	}
	return c
}

// errOther says that the certificate is not the one that is pinned.
var errOther = errors.New("not the certificate that was accepted")

// isPinned accepts the pinned certificate only. That the server holds its key is
// what the handshake itself proves.
func (s Source) isPinned(state tls.ConnectionState) error {
	leaf := state.PeerCertificates[0]
	if pinOf(leaf) == s.Mailbox.Pinned {
		return nil
	}
	shown := s.certificate(leaf)
	shown.Why = s.whyUntrusted(state.PeerCertificates)
	return &data.Untrusted{Certificate: shown, Cause: errOther}
}

// Certificate connects as far as the encryption, signs in nowhere, and returns
// the certificate that the server shows, trusted or not; what is pinned does not
// matter. That none is to be had is a *data.Problem.
func (s Source) Certificate(ctx context.Context) (data.Certificate, error) {
	s = s.withDefaults()
	s.Mailbox.Pinned = ""
	if err := s.Mailbox.Check(); err != nil {
		return data.Certificate{}, err
	}
	if s.Mailbox.Security == data.Plain {
		return data.Certificate{}, s.trouble(data.NoEncryption, "", nil)
	}
	conn, err := s.Dial(ctx, "tcp", net.JoinHostPort(s.Mailbox.Host, strconv.Itoa(s.Mailbox.Port)))
	if err != nil {
		return data.Certificate{}, s.dialProblem(err)
	}
	defer func() { _ = conn.Close() }() // nothing was written that matters
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	w, err := s.protect(ctx, conn)
	var untrusted *data.Untrusted
	switch {
	case ctx.Err() != nil:
		return data.Certificate{}, ctx.Err()
	case errors.As(err, &untrusted):
		return untrusted.Certificate, nil
	case err != nil:
		return data.Certificate{}, err
	}
	state := w.Conn.(*tls.Conn).ConnectionState()
	return s.certificate(state.PeerCertificates[0]), nil
}

func pinOf(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	return hex.EncodeToString(sum[:])
}

// certificate is what people are told of a certificate.
func (s Source) certificate(cert *x509.Certificate) data.Certificate {
	names := slices.Clone(cert.DNSNames)
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	for i := range names {
		names[i] = words(names[i])
	}
	return data.Certificate{
		Pin: pinOf(cert), Subject: words(cert.Subject.String()), Issuer: words(cert.Issuer.String()),
		Names: names, From: cert.NotBefore, Until: cert.NotAfter,
	}
}

// whyUntrusted says why this laptop does not trust a chain for the server; ""
// where it does.
func (s Source) whyUntrusted(chain []*x509.Certificate) string {
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{DNSName: s.Mailbox.Host, Roots: s.RootCAs, Intermediates: between})
	return untrustedWords(err)
}

// untrustedWords are why a certificate was not trusted; "" for nil.
func untrustedWords(err error) string {
	var (
		invalid x509.CertificateInvalidError
		name    x509.HostnameError
		nobody  x509.UnknownAuthorityError
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		return validity(invalid.Cert)
	case errors.As(err, &name):
		return "it is for another server"
	case errors.As(err, &nobody):
		return "nobody whom this laptop trusts has signed it"
	}
	return "it is not made as it should be"
}

func validity(cert *x509.Certificate) string {
	const day = "2 January 2006"
	if time.Now().Before(cert.NotBefore) {
		return "it is valid from " + cert.NotBefore.Format(day) + " only"
	}
	return "it expired on " + cert.NotAfter.Format(day)
}
