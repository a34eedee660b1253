package cli

import (
	"context"
	"strings"

	"rapport/data"
	"rapport/sync"
)

// pretendFind answers for a few made-up domains, and asks FindMailbox of those
// that it knows without a network.
func pretendFind(ctx context.Context, address string) ([]sync.Found, []string, error) {
	m := data.Mailbox{Address: address}.Tidy()
	way := sync.Found{User: m.Address, UserForm: "address", SignIn: "password"}
	switch m.Address {
	case "maya@larkfield.example":
		way.Host, way.Port, way.Security, way.By = "mail.larkfield.example", 143, data.StartTLS, "your provider's own settings"
		return []sync.Found{way}, []string{"asked autoconfig.larkfield.example for its settings: there is no such server"}, nil
	case "maya@hosted.example":
		way.Host, way.Port, way.Security, way.By, way.Elsewhere = "imap.hosting.example", 993, data.TLS, "your domain's service records", true
		return []sync.Found{way}, nil, nil
	case "maya@nowhere.example":
		return nil, []string{"asked the DNS for a record _imaps._tcp.nowhere.example: there is none", "tried imap.nowhere.example:993: there is no such server"}, nil
	case "maya@offline.example":
		return nil, nil, &data.Problem{Kind: data.Offline, About: "offline.example"}
	}
	return sync.FindMailbox(ctx, address)
}

// pretendLook sees a trusted certificate everywhere but on this laptop, where it
// looks.
func pretendLook(ctx context.Context, m data.Mailbox) (data.Certificate, error) {
	if !data.IsLoopback(m.Host) {
		return data.Certificate{Pin: strings.Repeat("0", 64)}, nil
	}
	return sync.ServerCertificate(ctx, m)
}
