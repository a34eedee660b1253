package web

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
	"strconv"
	"strings"
	"syscall"
	"time"

	"rapport/data"
)

// mostWait is the longest that a server can ask to be left alone.
const mostWait = 24 * time.Hour

// Problem is trouble with the place that the door leads to.
func (d Door) Problem(kind data.ProblemKind, detail string, cause error) error {
	return &data.Problem{Kind: kind, About: d.About, Detail: detail, Cause: cause}
}

// Refusal is what an answer that is not the one hoped for means for people.
func (d Door) Refusal(a Answer) error {
	detail := strings.TrimSpace(fmt.Sprintf("%d %s", a.Status, http.StatusText(a.Status)))
	switch a.Status {
	case http.StatusUnauthorized:
		if d.Authorize != nil {
			return d.Problem(data.WrongPassword, detail, nil)
		}
		return d.Problem(data.Forbidden, detail, nil)
	case http.StatusForbidden:
		return d.Problem(data.Forbidden, detail, nil)
	case http.StatusNotFound, http.StatusGone:
		return d.Problem(data.NoFile, detail, nil)
	case http.StatusRequestEntityTooLarge:
		return d.Problem(data.TooLarge, detail, nil)
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return d.Problem(data.TimedOut, detail, nil)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		wait := d.retryAfter(a.Header.Get("Retry-After"))
		if wait > 0 || a.Status == http.StatusTooManyRequests {
			return &data.Problem{Kind: data.Busy, About: d.About, Detail: detail, Wait: wait}
		}
	}
	return d.Problem(data.ServerSaid, detail, nil)
}

// retryAfter reads how long to wait: seconds, or a date.
func (d Door) retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return min(time.Duration(seconds)*time.Second, mostWait)
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(d.now()), 0), mostWait)
	}
	return 0
}

// Failed is what went wrong on the way, without the address, which net/http puts
// into its errors. Being cancelled is no problem of the server's.
func (d Door) Failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", d.About, ctx.Err())
	}
	if _, told := data.AsProblem(err); told {
		return err
	}
	var wrapped *url.Error
	for errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	kind, detail := troubleOf(err)
	return d.Problem(kind, detail, bare(err))
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
	case errors.Is(err, errTooLarge):
		return data.TooLarge, ""
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
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return data.Dropped, ""
	}
	return data.ServerSaid, ""
}

// bare keeps of an error only what can be compared with; its words might hold
// the address.
func bare(err error) error {
	for _, known := range []error{
		context.DeadlineExceeded, io.EOF, io.ErrUnexpectedEOF, errPlainLink, errBadLink, errRedirects, errTooLarge,
		syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ENETUNREACH, syscall.EHOSTUNREACH,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return fmt.Errorf("%T", err)
}
