package login

import (
	"net/url"
	"slices"
	"strings"

	"rapport/data"

	"golang.org/x/oauth2"
)

// Provider is who lets mail programs in by OAuth2: where to ask, and for what.
// Its JSON is what a workspace's setting has of it.
type Provider struct {
	// Name is how a mailbox's SignIn names it, like "google".
	Name string `json:"name"`
	// Title is its name for people; the Name if "".
	Title string `json:"title,omitempty"`
	// AuthURL is the page on which a person agrees, TokenURL where tokens are
	// given, DeviceURL where codes for another device are; "" where it has none.
	AuthURL   string `json:"authUrl"`
	TokenURL  string `json:"tokenUrl"`
	DeviceURL string `json:"deviceUrl,omitempty"`
	// Scopes are what to ask for: the mail, and no more.
	Scopes []string `json:"scopes"`
	// Hosts are the mail servers that take its tokens.
	Hosts []string `json:"hosts,omitempty"`
	// CalendarScopes are what to ask for to read calendars, CalendarHosts the
	// CalDAV servers that take its tokens.
	CalendarScopes []string `json:"calendarScopes,omitempty"`
	CalendarHosts  []string `json:"calendarHosts,omitempty"`
	// ClientID is the one that the workspace uses; "" for none.
	ClientID string `json:"clientId,omitempty"`

	params     map[string]string // what the page wants to be asked besides
	redirect   string            // how it wants this laptop to be named; 127.0.0.1 if ""
	noDevice   string            // why it has no codes for another device
	console    string            // where a client ID is made
	wantSecret bool              // its client IDs come with a secret
	partial    bool              // a person may allow a part of what is asked
}

// builtIn are the providers whose servers are the same for everybody, from their
// own documentation.
var builtIn = []Provider{
	{
		Name: "google", Title: "Google",
		AuthURL:  "https://accounts.google.com/o/oauth2/v2/auth",
		TokenURL: "https://oauth2.googleapis.com/token",
		Scopes:   []string{"https://mail.google.com/"},
		Hosts:    []string{"imap.gmail.com", "imap.googlemail.com"},
		// Its CalDAV server takes no narrower one.
		CalendarScopes: []string{"https://www.googleapis.com/auth/calendar"},
		CalendarHosts:  []string{"apidata.googleusercontent.com"},
		// Without these Google gives no refresh token to who has agreed before.
		params:     map[string]string{"access_type": "offline", "prompt": "consent"},
		noDevice:   "Google gives no access to mail by a code for another device",
		console:    "https://console.cloud.google.com/auth/clients",
		wantSecret: true, partial: true,
	},
	{
		Name: "microsoft", Title: "Microsoft",
		AuthURL:   "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
		TokenURL:  "https://login.microsoftonline.com/common/oauth2/v2.0/token",
		DeviceURL: "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
		Scopes:    []string{"https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access"},
		Hosts:     []string{"outlook.office365.com", "outlook.office.com", "imap-mail.outlook.com"},
		params:    map[string]string{"prompt": "select_account"},
		// Any port is allowed under this name only, as its pages write it.
		redirect: "localhost",
		console:  "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
	},
}

// Providers are those that are known, with a workspace's own beside them or, by
// name, in their place: what an own one leaves empty stays as it is known.
func Providers(own []Provider) []Provider {
	list := slices.Clone(builtIn)
	for _, p := range own {
		if i := slices.IndexFunc(list, func(q Provider) bool { return q.Name == p.Name }); i >= 0 {
			list[i] = list[i].with(p)
		} else {
			list = append(list, p)
		}
	}
	return list
}

func (p Provider) with(o Provider) Provider {
	for _, f := range []struct{ to, from *string }{
		{&p.Title, &o.Title}, {&p.AuthURL, &o.AuthURL}, {&p.TokenURL, &o.TokenURL}, {&p.DeviceURL, &o.DeviceURL}, {&p.ClientID, &o.ClientID},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	if len(o.Scopes) > 0 {
		p.Scopes = o.Scopes
	}
	if len(o.Hosts) > 0 {
		p.Hosts = o.Hosts
	}
	if len(o.CalendarScopes) > 0 {
		p.CalendarScopes = o.CalendarScopes
	}
	if len(o.CalendarHosts) > 0 {
		p.CalendarHosts = o.CalendarHosts
	}
	return p
}

// Named finds a provider by its name.
func Named(list []Provider, name string) (Provider, bool) {
	i := slices.IndexFunc(list, func(p Provider) bool { return p.Name == name })
	if i < 0 {
		return Provider{}, false
	}
	return list[i], true
}

// At finds the provider whose tokens a mail server takes.
func At(list []Provider, host string) (Provider, bool) {
	i := slices.IndexFunc(list, func(p Provider) bool {
		return slices.ContainsFunc(p.Hosts, func(h string) bool { return strings.EqualFold(h, host) })
	})
	if i < 0 {
		return Provider{}, false
	}
	return list[i], true
}

// AtCalendars finds the provider whose tokens a CalDAV server takes, as it is
// asked for calendars.
func AtCalendars(list []Provider, host string) (Provider, bool) {
	i := slices.IndexFunc(list, func(p Provider) bool {
		return slices.ContainsFunc(p.CalendarHosts, func(h string) bool { return strings.EqualFold(h, host) })
	})
	if i < 0 {
		return Provider{}, false
	}
	return list[i].ForCalendars(), true
}

// ForCalendars is the provider when it is asked for calendars and not for mail.
func (p Provider) ForCalendars() Provider {
	p.Scopes = p.CalendarScopes
	return p
}

// Shown is the provider's name for people.
func (p Provider) Shown() string {
	if p.Title != "" {
		return p.Title
	}
	return p.Name
}

// Console is the page on which a client ID is made; "" if it is not known.
func (p Provider) Console() string { return p.console }

// WantsSecret says that the provider's client IDs come with a secret.
func (p Provider) WantsSecret() bool { return p.wantSecret }

// NoDevice says why there is no sign-in by a code for another device; "" where
// there is one.
func (p Provider) NoDevice() string {
	switch {
	case p.noDevice != "":
		return p.noDevice
	case p.DeviceURL == "":
		return p.Shown() + " has no sign-in by a code for another device"
	}
	return ""
}

// Check says why the provider cannot be used, or nil. Its addresses are https,
// but for those of this laptop.
func (p Provider) Check() error {
	if !data.IsProviderName(p.Name) {
		return &data.Invalid{Field: "provider", Says: "name it with small letters, digits and hyphens"}
	}
	for _, u := range []struct {
		field, value string
		must         bool
	}{{"authorize-url", p.AuthURL, true}, {"token-url", p.TokenURL, true}, {"device-url", p.DeviceURL, false}} {
		if u.value == "" && !u.must {
			continue
		}
		parsed, err := url.Parse(u.value)
		if err != nil || parsed.Host == "" || parsed.Scheme != "https" && !(parsed.Scheme == "http" && data.IsLoopback(parsed.Hostname())) {
			return &data.Invalid{Field: u.field, Says: "needs an address that begins with https://"}
		}
	}
	if len(p.Scopes) == 0 {
		return &data.Invalid{Field: "scope", Says: "name what to ask for, as the provider's documentation has it for IMAP"}
	}
	return nil
}

// config is the provider as the library wants it. The client is named in the
// body: guessing another style would use up a code.
func (p Provider) config(c Client) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.ID, ClientSecret: c.Secret, Scopes: p.Scopes,
		Endpoint: oauth2.Endpoint{AuthURL: p.AuthURL, TokenURL: p.TokenURL, DeviceAuthURL: p.DeviceURL, AuthStyle: oauth2.AuthStyleInParams},
	}
}
