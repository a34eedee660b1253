package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"net"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"rapport/data"
)

// selfsigned starts a server that signed its own certificate, at $TLS_PORT with
// the fingerprint $PRINT; called again it shows another certificate.
func selfsigned(ts *testscript.TestScript, _ bool, _ []string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "cupboard"}, DNSNames: []string{"mail.cupboard.example"},
		NotBefore: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2036, 3, 4, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	ts.Check(err)
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
	ts.Check(err)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(io.Discard, conn) }() // ends with the client
		}
	}()
	ts.Defer(func() { ln.Close() })
	ts.Setenv("TLS_PORT", strconv.Itoa(ln.Addr().(*net.TCPAddr).Port))
	ts.Setenv("PRINT", data.Fingerprint(fmt.Sprintf("%x", sha256.Sum256(der))))
}
