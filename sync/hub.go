package sync

import (
	"context"

	"rapport/sync/team/jetstream"
)

// A HubPlan says what the files of a team's own hub are for, and a HubSpace who
// may reach a space on it.
type (
	HubPlan  = jetstream.Plan
	HubSpace = jetstream.SpacePlan
)

// HubSettings say how to reach a space on a hub; a HubReport what is wrong with
// the hub.
type (
	HubSettings = jetstream.Settings
	HubReport   = jetstream.Report
)

// WriteHub makes the files of a hub in a folder, or adds what the plan has more.
// It returns the credentials that are new, by path. It asks no server.
func WriteHub(dir string, p HubPlan) (fresh []string, err error) { return jetstream.Write(dir, p) }

// CheckHub says what is wrong with a hub; system, which may be empty, are its
// system account's credentials.
func CheckHub(ctx context.Context, s HubSettings, system []byte) (HubReport, error) {
	return jetstream.Check(ctx, s, system)
}

// MakeOnHub gives a space its place on a hub, by its administrator's credentials.
func MakeOnHub(ctx context.Context, s HubSettings) error { return jetstream.Make(ctx, s) }
