package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"rapport/data"
	"rapport/sync/team"
)

// A Report is what Check found.
type Report struct {
	// Faults are reasons not to use the hub; empty where it is safely set.
	Faults []string
	// Unseen is what these credentials cannot see.
	Unseen []string
	// Servers are the hub's, by name, where the system's credentials were given.
	Servers []string
}

// Check says what is wrong with a hub, in words for whoever runs it. With the
// credentials of its system account it also asks each server how it writes to
// its disk, which is more than members may see.
func Check(ctx context.Context, s Settings, system []byte) (Report, error) {
	open := s
	open.Unsafe = true
	h, err := connect(ctx, open)
	if err != nil {
		return Report{}, err
	}
	defer h.Close()
	var r Report
	if r.Faults, err = h.faults(ctx); err != nil {
		return Report{}, err
	}
	if anybody(ctx, open) && !slices.Contains(r.Faults, anybodyMay) {
		r.Faults = append(r.Faults, anybodyMay)
	}
	if len(system) == 0 {
		r.Unseen = append(r.Unseen, "whether each server waits for its disk (sync_interval: always); the system account's credentials show it")
		return r, nil
	}
	open.Creds = system
	servers, err := ask(ctx, open)
	if err != nil {
		return Report{}, err
	}
	for _, server := range servers {
		r.Servers = append(r.Servers, server.Name)
		if !server.Sync {
			r.Faults = append(r.Faults, fmt.Sprintf("%s does not wait for its disk: set sync_interval: always", server.Name))
		}
	}
	return r, nil
}

const anybodyMay = "anybody may connect"

// faults is what a member can see.
func (h *Hub) faults(ctx context.Context) ([]string, error) {
	var faults []string
	if _, err := h.nc.TLSConnectionState(); err != nil {
		faults = append(faults, "it does not encrypt")
	}
	if !h.nc.AuthRequired() {
		faults = append(faults, anybodyMay)
	}
	if most := h.nc.MaxPayload(); most < team.MaxPiece+4096 {
		faults = append(faults, fmt.Sprintf("it takes messages of at most %d bytes, and %d are needed", most, team.MaxPiece+4096))
	}
	info, err := h.info(ctx, struct{}{})
	if err != nil {
		return nil, err
	}
	return append(faults, faultsOf(info.Config, h.space)...), nil
}

// anybody says whether somebody without credentials gets in.
func anybody(ctx context.Context, s Settings) bool {
	s.Creds = nil
	stranger, err := connect(ctx, s)
	if err != nil {
		return false
	}
	stranger.Close()
	return true
}

// Make makes the stream of a space, or sets the one that is there as it should
// be. It needs the credentials of the space's own administrator. Where the
// settings say Unsafe, one server is enough.
func Make(ctx context.Context, s Settings) error {
	h, err := connect(ctx, s)
	if err != nil {
		return err
	}
	defer h.Close()
	replicas := 3
	if s.Unsafe {
		replicas = 1
	}
	stream := wanted(s.Space, replicas)
	err = h.api(ctx, "STREAM.CREATE."+stream.Name, stream, nil)
	var no *refusal
	if errors.As(err, &no) && no.Number == streamThere {
		return h.api(ctx, "STREAM.UPDATE."+stream.Name, stream, nil)
	}
	return err
}

// member is a server of a cluster, as it shows itself to the system account.
type member struct {
	Name string
	Sync bool
}

// ask asks all servers of a hub, and waits until none has answered for a while.
func ask(ctx context.Context, s Settings) ([]member, error) {
	h, err := connect(ctx, s)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	inbox := h.nc.NewInbox()
	answers, err := h.nc.SubscribeSync(inbox)
	if err == nil {
		err = h.nc.PublishRequest("$SYS.REQ.SERVER.PING.JSZ", inbox, []byte(`{"config":true}`))
	}
	if err != nil {
		return nil, trouble(err, h.about)
	}
	var servers []member
	for {
		quiet, cancel := context.WithTimeout(ctx, 2*time.Second)
		m, err := answers.NextMsgWithContext(quiet)
		cancel()
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && len(servers) == 0:
			return nil, &data.Problem{Kind: data.HubRefused, About: h.about, Detail: "no server answers its system account", Cause: err}
		case err != nil:
			slices.SortFunc(servers, func(a, b member) int { return strings.Compare(a.Name, b.Name) })
			return servers, nil
		}
		if one, ok := memberOf(m); ok {
			servers = append(servers, one)
		}
	}
}

func memberOf(m *nats.Msg) (member, bool) {
	var said struct {
		Server struct {
			Name string `json:"name"`
		} `json:"server"`
		Data struct {
			Config struct {
				Sync bool `json:"sync_always"`
			} `json:"config"`
		} `json:"data"`
	}
	err := json.Unmarshal(m.Data, &said)
	return member{said.Server.Name, said.Data.Config.Sync}, err == nil && said.Server.Name != ""
}
