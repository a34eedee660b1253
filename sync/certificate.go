package sync

import (
	"context"

	"rapport/data"
	"rapport/sync/mail"
)

// ServerCertificate connects to a mailbox's server as far as the encryption,
// signs in nowhere, and returns the certificate that it shows, trusted or not.
// That none is to be had is a *data.Problem.
func ServerCertificate(ctx context.Context, m data.Mailbox) (data.Certificate, error) {
	return mail.Source{Mailbox: m.Tidy()}.Certificate(ctx)
}
