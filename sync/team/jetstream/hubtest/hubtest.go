// Package hubtest runs a hub of one server in this process, for the tests of
// all that reach a space over one. No program but a test's may know it.
package hubtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Certify writes cert.pem, key.pem and ca.pem into a folder: a certificate for
// this laptop's loopback addresses that is its own authority.
func Certify(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(127, 71, 0, 1), net.IPv4(127, 71, 0, 2), net.IPv4(127, 71, 0, 3)}, DNSNames: []string{"localhost"},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	write := func(name, kind string, der []byte) error {
		return os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
	}
	return errors.Join(write("cert.pem", "CERTIFICATE", cert), write("ca.pem", "CERTIFICATE", cert), write("key.pem", "EC PRIVATE KEY", secret))
}

// Options reads a server's configuration, with a loopback port that the system
// picks in place of its own.
func Options(conf string) (*server.Options, error) {
	o, err := server.ProcessConfigFile(conf)
	if err != nil {
		return nil, err
	}
	o.Host, o.Port, o.NoSigs, o.NoLog = "127.0.0.1", server.RANDOM_PORT, true, true
	return o, nil
}

// Start runs a server until stop is called, and returns where it is.
func Start(o *server.Options) (url string, stop func(), err error) {
	srv, err := server.NewServer(o)
	if err != nil {
		return "", nil, err
	}
	srv.Start()
	stop = func() { srv.Shutdown(); srv.WaitForShutdown() }
	if !srv.ReadyForConnections(time.Minute) {
		stop()
		return "", nil, errors.New("the hub does not start")
	}
	return strings.Replace(srv.ClientURL(), "nats://", "tls://", 1), stop, nil
}
