package calendar

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"

	"rapport/data"
)

// statusProblem is what an answer other than 200 and 304 means for people.
func (s *Source) statusProblem(status int) error {
	detail := fmt.Sprintf("%d %s", status, http.StatusText(status))
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return s.problem(data.Forbidden, detail, nil)
	case http.StatusNotFound, http.StatusGone:
		return s.problem(data.NoFile, detail, nil)
	case http.StatusRequestEntityTooLarge:
		return s.problem(data.TooLarge, detail, nil)
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return s.problem(data.TimedOut, detail, nil)
	}
	return s.problem(data.ServerSaid, detail, nil)
}

// feedProblem is what went wrong on the way, without the link, which net/http
// puts into its errors. Being cancelled is no problem of the feed's.
func (s *Source) feedProblem(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", s.Name(), ctx.Err())
	}
	if _, told := data.AsProblem(err); told {
		return err
	}
	var wrapped *url.Error
	for errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	kind, detail := troubleOf(err)
	return s.problem(kind, detail, bare(err))
}

func troubleOf(err error) (kind data.ProblemKind, detail string) {
	var (
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		record      tls.RecordHeaderError
		slow        net.Error
	)
	switch {
	case errors.Is(err, errPlainLink):
		return data.PlainLink, ""
	case errors.Is(err, errBadLink):
		return data.NotCalendar, errBadLink.Error()
	case errors.Is(err, errRedirects):
		return data.ServerSaid, errRedirects.Error()
	case errors.As(err, &certificate), errors.As(err, &authority):
		return data.BadCertificate, ""
	case errors.As(err, &record):
		return data.PlainLink, ""
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return data.TimedOut, ""
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return data.UnknownHost, ""
	case errors.Is(err, syscall.ECONNREFUSED):
		return data.Refused, ""
	case errors.As(err, &lookup), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return data.Offline, ""
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return data.Dropped, ""
	}
	return data.ServerSaid, ""
}

// bare keeps of an error only what can be compared with; its words might hold
// the link.
func bare(err error) error {
	for _, known := range []error{
		context.DeadlineExceeded, io.EOF, io.ErrUnexpectedEOF, errPlainLink, errBadLink, errRedirects,
		syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ENETUNREACH, syscall.EHOSTUNREACH,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return fmt.Errorf("%T", err)
}
