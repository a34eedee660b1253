package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

// pinOfConfig is the pin of a test server's certificate.
func pinOfConfig(t *testing.T, c *tls.Config) string {
	t.Helper()
	cert, err := x509.ParseCertificate(c.Certificates[0].Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	return pinOf(cert)
}

func TestAPinnedCertificateIsTheOnlyOneThatIsAccepted(t *testing.T) {
	good, trusted := certificate(t, time.Now().Add(24*time.Hour))
	other, trustedOther := certificate(t, time.Now().Add(24*time.Hour))
	old, _ := certificate(t, time.Now().Add(-24*time.Hour))
	pins := map[*tls.Config]string{good: pinOfConfig(t, good), other: pinOfConfig(t, other), old: pinOfConfig(t, old)}
	elsewhere := "localhost" // no certificate here is for that name
	for _, c := range []struct {
		name  string
		shown *tls.Config
		roots *x509.CertPool
		host  string
		pin   string
		want  data.ProblemKind
		why   string
	}{
		{"signed by itself, not pinned", good, nil, "", "", data.BadCertificate, "nobody whom this laptop trusts has signed it"},
		{"signed by itself and pinned", good, nil, "", pins[good], "", ""},
		{"expired, not pinned", old, nil, "", "", data.BadCertificate, ""},
		{"expired and pinned", old, nil, "", pins[old], "", ""},
		{"for another server, not pinned", good, trusted, elsewhere, "", data.BadCertificate, "it is for another server"},
		{"for another server and pinned", good, trusted, elsewhere, pins[good], "", ""},
		{"another one than the pinned one", other, nil, "", pins[good], data.OtherCertificate, "nobody whom this laptop trusts has signed it"},
		{"another one, though this laptop trusts it", other, trustedOther, "", pins[good], data.OtherCertificate, ""},
		{"trusted and not pinned", good, trusted, "", "", "", ""},
	} {
		for _, security := range []data.Security{data.TLS, data.StartTLS} {
			t.Run(c.name+", "+string(security), func(t *testing.T) {
				options := memoryOptions{tls: c.shown}
				if security == data.StartTLS {
					options = memoryOptions{up: c.shown}
				}
				m := startMemory(t, options)
				m.fill(t, "INBOX", 0, 3)
				src := source(m.address)
				src.Mailbox.Security, src.Mailbox.Pinned, src.RootCAs = security, c.pin, c.roots
				if c.host != "" {
					src.Mailbox.Host = c.host
				}
				s := newShelf(t)
				err := s.try(src)
				if c.want == "" {
					if err != nil || len(s.at) != 3 {
						t.Fatalf("%v, %d mails", err, len(s.at))
					}
					return
				}
				p, ok := data.AsProblem(err)
				if !ok || p.Kind != c.want || len(s.at) > 0 {
					t.Fatalf("%v, want the problem %q", err, c.want)
				}
				var untrusted *data.Untrusted
				if !errors.As(err, &untrusted) || untrusted.Certificate.Pin != pins[c.shown] {
					t.Fatalf("the problem does not tell the certificate: %v", err)
				}
				if c.why != "" && untrusted.Certificate.Why != c.why || c.want == data.OtherCertificate && c.roots != nil && untrusted.Certificate.Why != "" {
					t.Errorf("it is not trusted because %q", untrusted.Certificate.Why)
				}
			})
		}
	}
}

func TestAServersCertificateIsToldWithoutSigningIn(t *testing.T) {
	good, trusted := certificate(t, time.Now().Add(24*time.Hour))
	for _, c := range []struct {
		name     string
		options  memoryOptions
		security data.Security
		roots    *x509.CertPool
		trusted  bool
		want     data.ProblemKind
	}{
		{"TLS, trusted", memoryOptions{tls: good}, data.TLS, trusted, true, ""},
		{"TLS, not trusted", memoryOptions{tls: good}, data.TLS, nil, false, ""},
		{"STARTTLS, not trusted", memoryOptions{up: good}, data.StartTLS, nil, false, ""},
		{"STARTTLS that was taken away", memoryOptions{}, data.StartTLS, nil, false, data.NoEncryption},
		{"no TLS there", memoryOptions{}, data.TLS, nil, false, data.NoEncryption},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := startMemory(t, c.options)
			src := source(m.address)
			src.Mailbox.Security, src.RootCAs = c.security, c.roots
			src.Mailbox.Pinned = strings.Repeat("0", 64) // does not matter here
			src.Password = func(context.Context) (string, error) {
				t.Error("the password was asked for")
				return "", errFull
			}
			cert, err := src.Certificate(t.Context())
			if c.want != "" {
				if p, ok := data.AsProblem(err); !ok || p.Kind != c.want {
					t.Fatalf("%v, want the problem %q", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if cert.Pin != pinOfConfig(t, good) || cert.Subject != "CN=Test" || (cert.Why == "") != c.trusted || len(cert.Names) != 1 || cert.Until.Before(time.Now()) {
				t.Errorf("%+v", cert)
			}
		})
	}
}
