package store

import (
	"context"
	"errors"

	"rapport/data"
)

// The settings' names. Lists are JSON.
const (
	SettingOwnAddresses  = "own_addresses"   // list: ours, beside the mailboxes'
	SettingOwnDomains    = "own_domains"     // list: ours, beside the mailboxes'
	SettingPublicDomains = "public_domains"  // list: used by many organisations, beside the known ones
	SettingUserName      = "user_name"       // how the window greets
	SettingTheme         = "theme"           // light, dark or "" for the system's
	SettingTextScale     = "text_scale"      // percent
	SettingTeamHours     = "team_hours"      // a whole number: the hours a year that the team has for its customers
	SettingZone          = "zone"            // IANA name, or "" for the system's
	SettingProviders     = "oauth_providers" // JSON: who gives tokens, beside those known or in their place
	SettingDrafts        = "drafts"          // list: IDs of mailboxes into whose Drafts folder Rapport may put drafts
	SettingDeclined      = "declined"        // list: data.ContactProposal.Key and data.PromiseProposal.Key of what is proposed no more
	SettingNotices       = "notices"         // SettingOff where nobody wants to be told before a meeting
	SettingWriting       = "writing"         // SettingOff where the others are not to be told what is written at here
	SettingDevice        = "device"          // this laptop's certificate as a device of its user, for sharing; no secret
	SettingInvitedBy     = "invited_by/"     // and a space's ID: who invited us there, a person's ID
	SettingAnswered      = "answered/"       // and a space's ID: the hash of the invitation that we brought back last
	SettingGivenKeys     = "given_keys/"     // and a space's ID, JSON: the last epoch whose keys we gave to each member
	SettingHub           = "hub/"            // and a space's place on a hub, JSON: the authority behind its certificates; no secret
	SettingLooked        = "looked/"         // and a space's ID, JSON vector: how far somebody here looked at what others changed
	SettingMovedFrom     = "moved_from"      // list: folders of this laptop in which the workspace lay before, the latest first
	SettingSample        = "sample"          // list: sources that were the sample's, and are not read
)

// SettingOff turns off what is on where nothing is set.
const SettingOff = "off"

// Setting returns a setting, "" where it was never made.
func (db *DB) Setting(ctx context.Context, key string) (string, error) {
	return settingIn(ctx, db.read, key)
}

func settingIn(ctx context.Context, q asker, key string) (string, error) {
	s, err := one(ctx, q, scanString, `SELECT value FROM setting WHERE key = ?`, key)
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	}
	return s, wrapNoun(err, "setting %s", key)
}

// PutSetting makes a setting; "" takes it back.
func (tx *Tx) PutSetting(key, value string) error {
	if err := tx.keepRow("setting", key); err != nil {
		return err
	}
	tx.touched("setting")
	if err := tx.refileSetting(key, value); err != nil {
		return err
	}
	if value == "" {
		_, err := tx.exec(`DELETE FROM setting WHERE key = ?`, key)
		return err
	}
	_, err := tx.exec(`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// refileSetting asks for what a setting decides to be filed anew: what it named
// before, and what it names now.
func (tx *Tx) refileSetting(key, value string) error {
	if key != SettingOwnAddresses && key != SettingOwnDomains && key != SettingPublicDomains {
		return nil
	}
	tx.db.known.forget()
	list, err := settingList(tx.ctx, tx.sql, key)
	if err != nil {
		return err
	}
	if value != "" {
		next, err := fromJSON[[]string](value)
		if err != nil {
			return wrapNoun(err, "setting %s", key)
		}
		list = append(list, next...)
	}
	if key == SettingOwnAddresses {
		tx.refileOwn(list...)
		return nil
	}
	for _, d := range list {
		if d = data.NormalDomain(d); d != "" {
			tx.refileDomain(d)
		}
	}
	return nil
}

// PutSettingList makes a setting that is a list.
func (tx *Tx) PutSettingList(key string, list []string) error {
	if len(list) == 0 {
		return tx.PutSetting(key, "")
	}
	return tx.PutSetting(key, asJSON(list))
}

// SettingList returns a setting that is a list.
func (db *DB) SettingList(ctx context.Context, key string) ([]string, error) {
	return settingList(ctx, db.read, key)
}

func settingList(ctx context.Context, q asker, key string) ([]string, error) {
	s, err := one(ctx, q, scanString, `SELECT value FROM setting WHERE key = ?`, key)
	if errors.Is(err, data.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := fromJSON[[]string](s)
	return list, wrapNoun(err, "setting %s", key)
}
