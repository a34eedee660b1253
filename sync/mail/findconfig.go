package mail

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rapport/data"
	"rapport/data/text"
)

// largestConfig is how much of a settings file is read; real ones have 2 kB.
const largestConfig = 64 << 10

// autoconfig asks the domain for the settings that it publishes: the form that
// Thunderbird reads, at its two places, by https only.
func (f *search) autoconfig(ctx context.Context) []Found {
	places := []string{
		"https://autoconfig." + f.domain + "/mail/config-v1.1.xml?emailaddress=" + url.QueryEscape(f.address),
		"https://" + f.domain + "/.well-known/autoconfig/mail/config-v1.1.xml",
	}
	hosts := []string{"autoconfig." + f.domain, f.domain}
	answers := make([]answer, len(places))
	sideBySide(len(places), func(i int) { answers[i] = f.ask(ctx, places[i]) })
	for i, a := range answers {
		f.answered = f.answered || a.answered
		if a.err != nil {
			f.note(fmt.Sprintf("asked %s for its settings: %s", hosts[i], a.err))
			continue
		}
		found, err := f.readConfig(a.body)
		if err != nil {
			f.note(fmt.Sprintf("asked %s for its settings: %s", hosts[i], err))
			continue
		}
		return found
	}
	return nil
}

// answer is what came of one question by https. Its error is in words.
type answer struct {
	body     []byte
	answered bool
	err      error
}

var errFar = errors.New("it leads away from https, or in circles")

// ownClient is a copy of the client that follows few redirects, by https only,
// keeps no cookies, and does not tell the next server what the one before was
// asked, since that holds the address.
func ownClient(given *http.Client) *http.Client {
	own := http.Client{}
	if given != nil {
		own.Transport = given.Transport
	}
	own.CheckRedirect = func(next *http.Request, before []*http.Request) error {
		next.Header.Del("Referer")
		if next.URL.Scheme != "https" || len(before) > 3 {
			return errFar
		}
		return nil
	}
	return &own
}

func (f *search) ask(ctx context.Context, place string) answer {
	question, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
	if err != nil {
		return answer{err: errors.New("its name cannot be asked")}
	}
	question.Header.Set("User-Agent", "Rapport")
	reply, err := f.Client.Do(question)
	if err != nil {
		return answer{answered: spoke(err), err: errors.New(whyNot(err))}
	}
	defer func() { _ = reply.Body.Close() }() // what was read is judged by itself
	if reply.StatusCode != http.StatusOK {
		return answer{answered: true, err: fmt.Errorf("none (status %d)", reply.StatusCode)}
	}
	body, err := io.ReadAll(io.LimitReader(reply.Body, largestConfig+1))
	switch {
	case err != nil:
		return answer{answered: true, err: errors.New("its answer ended in the middle")}
	case len(body) > largestConfig:
		return answer{answered: true, err: errors.New("its answer is too large for a settings file")}
	}
	return answer{body: body, answered: true}
}

// spoke says whether an error shows that somebody answered.
func spoke(err error) bool {
	var unknown *net.DNSError
	switch {
	case errors.As(err, &unknown):
		return unknown.IsNotFound
	case isTimeout(err), errors.As(err, new(*net.OpError)):
		return false
	}
	return true
}

// whyNot says in a few words why nothing came of a question.
func whyNot(err error) string {
	var unknown *net.DNSError
	switch {
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return "there is no such server"
	case errors.Is(err, errFar):
		return errFar.Error()
	case errors.Is(err, errNotGreeted):
		return errNotGreeted.Error()
	case isTimeout(err), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &unknown), errors.As(err, new(*net.OpError)):
		return "it cannot be reached"
	}
	return "it does not show that it is this server, encrypted and certified"
}

// clientConfig is a settings file, as far as incoming mail goes.
type clientConfig struct {
	XMLName  xml.Name `xml:"clientConfig"`
	Provider struct {
		Servers []configServer `xml:"incomingServer"`
	} `xml:"emailProvider"`
}

type configServer struct {
	Type     string   `xml:"type,attr"`
	Host     string   `xml:"hostname"`
	Port     string   `xml:"port"`
	Security string   `xml:"socketType"`
	User     string   `xml:"username"`
	SignIn   []string `xml:"authentication"`
}

// readConfig reads a settings file. The error says in words why nothing in it
// can be used.
func (f *search) readConfig(file []byte) ([]Found, error) {
	var config clientConfig
	decoder := xml.NewDecoder(bytes.NewReader(file))
	if err := decoder.Decode(&config); err != nil {
		return nil, errors.New("its answer is no settings file")
	}
	var found []Found
	why := errors.New("it names no IMAP server")
	for _, s := range config.Provider.Servers {
		if !strings.EqualFold(strings.TrimSpace(s.Type), "imap") {
			continue
		}
		way, err := f.configured(s)
		if err != nil {
			why = err
			continue
		}
		found = append(found, way)
	}
	if len(found) == 0 {
		return nil, why
	}
	// Encrypted from the first byte goes before STARTTLS (RFC 8314); else the
	// order is the provider's.
	slices.SortStableFunc(found, func(a, b Found) int {
		return strings.Compare(string(b.Security), string(a.Security))
	})
	return distinct(found), nil
}

// configured is one server of a settings file.
func (f *search) configured(s configServer) (Found, error) {
	way := Found{Host: text.NormalDomain(f.fill(s.Host)), By: ByAutoconfig, SignIn: WithPassword}
	port, err := strconv.ParseUint(strings.TrimSpace(s.Port), 10, 16)
	if err != nil || port == 0 || !isDomain(way.Host) {
		return way, errors.New("the server that it names cannot be one")
	}
	way.Port = int(port)
	switch strings.ToUpper(strings.TrimSpace(s.Security)) {
	case "SSL", "TLS":
		way.Security = data.TLS
	case "STARTTLS":
		way.Security = data.StartTLS
	default:
		return way, errors.New("its server offers no encryption")
	}
	way.User, way.UserForm = f.userFrom(s.User)
	if p, ok := providerAt(way.Host); ok {
		way.Provider, way.SignIn, way.Advice = p.name, p.found(f, "").SignIn, p.advice
		return way, nil
	}
	return way, way.allow(s.SignIn)
}

// allow finds out what the server wants to see; no word of it is a password.
func (w *Found) allow(ways []string) error {
	has := func(names ...string) bool {
		return slices.ContainsFunc(ways, func(s string) bool { return slices.Contains(names, strings.ToLower(strings.TrimSpace(s))) })
	}
	switch {
	case len(ways) == 0, has("password-cleartext", "password-encrypted", "plain", "secure"):
	case has("oauth2"):
		w.SignIn, w.Advice = InBrowser, "This server takes no password from mail programs, but a sign-in in the browser"
	default:
		return errors.New("its server accepts no password")
	}
	return nil
}

// fill puts the parts of the address where a settings file names them.
func (f *search) fill(s string) string { return fillIn(s, f.address, f.local, f.domain) }

func fillIn(s, address, local, domain string) string {
	return strings.NewReplacer("%EMAILADDRESS%", address, "%EMAILLOCALPART%", local, "%EMAILDOMAIN%", domain).Replace(strings.TrimSpace(s))
}

// userFrom is the user's name as a settings file has it; the address where it
// has none that can be filled in.
func (f *search) userFrom(pattern string) (string, UserForm) {
	user := f.fill(pattern)
	switch {
	case user == "" || !isUser(user) || strings.Contains(fillIn(pattern, "", "", ""), "%"):
		return f.address, WholeAddress
	case user == f.address:
		return user, WholeAddress
	case user == f.local:
		return user, LocalPart
	}
	return user, OtherName
}

// isUser says whether a text can be the name to sign in with.
func isUser(s string) bool {
	return len(s) <= 254 && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) })
}
