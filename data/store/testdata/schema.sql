CREATE TABLE account (
	n           INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	space_id    TEXT NOT NULL,
	name        TEXT NOT NULL,
	tier        TEXT NOT NULL CHECK (tier IN ('', 'A', 'B', 'C')),
	sector      TEXT NOT NULL,
	owner       TEXT NOT NULL,
	since       TEXT NOT NULL,     -- date or ''
	parent      TEXT NOT NULL,     -- account.id or ''
	type        TEXT NOT NULL,     -- its customer type: part.id of a profile, or ''
	care        TEXT NOT NULL,     -- relational, transactional or ''
	mode        TEXT NOT NULL,     -- cultivate, maintain, grow, wind down or ''
	stage       TEXT NOT NULL,     -- of the ladder, or ''
	tier_on     TEXT NOT NULL,     -- date of the decision, or ''
	tier_why    TEXT NOT NULL,
	archived    TEXT NOT NULL,     -- date on which we left it, or ''
	archived_why TEXT NOT NULL,
	recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_by_name ON account (name COLLATE NOCASE);
CREATE TABLE account_domain (
	domain     TEXT NOT NULL,
	account_id TEXT NOT NULL,
	PRIMARY KEY (domain, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX domain_of_account ON account_domain (account_id);
CREATE TABLE asker (
	space_id  TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	person    TEXT NOT NULL,
	name      TEXT NOT NULL,       -- as they and their laptop say
	laptop    TEXT NOT NULL,
	meant_for TEXT NOT NULL,
	side      TEXT NOT NULL,       -- us, customer, partner
	role      TEXT NOT NULL,       -- that they get
	history   INTEGER NOT NULL,    -- 1: with what was written before
	at        INTEGER NOT NULL,
	PRIMARY KEY (space_id, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL UNIQUE,
	kind     TEXT NOT NULL CHECK (kind IN ('', 'caldav', 'mail')), -- '': a file, folder or link
	path     TEXT NOT NULL,         -- a file or folder, or '' for a link
	shown    TEXT NOT NULL,         -- the path, or the link's host; never the link
	user     TEXT NOT NULL,
	sign_in  TEXT NOT NULL,         -- '' or password, or oauth: and a provider's name
	colour   TEXT NOT NULL,         -- as its server paints it, or ''
	added_at INTEGER NOT NULL
) STRICT;
CREATE TABLE change (
	space_id    TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	log         TEXT NOT NULL,
	counter     INTEGER NOT NULL,
	kind        TEXT NOT NULL,
	entity      TEXT NOT NULL,
	body        TEXT NOT NULL,     -- JSON, docs/sharing-format.md
	recorded_at INTEGER NOT NULL,
	kept_out    TEXT NOT NULL DEFAULT '',  -- why it touches no register: its author was not allowed to; '' for what is in
	PRIMARY KEY (space_id, log, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_kept_out ON change (space_id, log, counter) WHERE kept_out <> '';
CREATE INDEX change_of_entity ON change (entity, kind, recorded_at);
CREATE TABLE contact (
	n           INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	space_id    TEXT NOT NULL,
	account_id  TEXT NOT NULL,     -- '' for none
	name        TEXT NOT NULL,
	role        TEXT NOT NULL,
	phone       TEXT NOT NULL,
	side        TEXT NOT NULL CHECK (side IN ('customer', 'partner')),
	recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_of_account ON contact (account_id);
CREATE TABLE contact_address (
	address    TEXT NOT NULL,
	contact_id TEXT NOT NULL,
	place      INTEGER NOT NULL,   -- 0 is the preferred one
	PRIMARY KEY (address, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_of_contact ON contact_address (contact_id, place);
CREATE TABLE cursor (
	source TEXT PRIMARY KEY,
	value  TEXT NOT NULL,
	at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	id       TEXT NOT NULL,        -- fingerprint of its key
	member   TEXT NOT NULL,
	nth      INTEGER NOT NULL,     -- of the member's laptops, from 1, in the order of the records
	name     TEXT NOT NULL,        -- as it calls itself
	since    INTEGER NOT NULL,     -- when it was brought in, as it says
	heard_at INTEGER NOT NULL DEFAULT 0, -- when it last said how far it is
	withdrawn_at INTEGER NOT NULL, -- 0 for one that speaks for its member
	withdrawn_by TEXT NOT NULL,    -- a member, '' for none
	PRIMARY KEY (space_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
	id         TEXT PRIMARY KEY,
	body       TEXT NOT NULL,      -- JSON: the draft
	written_at INTEGER NOT NULL,
	queued_at  INTEGER,            -- let go
	put_at     INTEGER,            -- in the Drafts folder, or opened in the mail program
	folder     TEXT NOT NULL DEFAULT '',
	sent_at    INTEGER
) STRICT;
CREATE TABLE early_change (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	log      TEXT NOT NULL,
	counter  INTEGER NOT NULL,
	body     TEXT NOT NULL,
	PRIMARY KEY (space_id, log, counter)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE entry_search USING fts4 (
	subject, people, text, tokenize=unicode61 "remove_diacritics=2", prefix="2,4", order=desc
);
CREATE TABLE erased_change (
	space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	log        TEXT NOT NULL,
	counter    INTEGER NOT NULL,
	by_log     TEXT NOT NULL,      -- the erase
	by_counter INTEGER NOT NULL,
	PRIMARY KEY (space_id, log, counter)
) STRICT, WITHOUT ROWID;
CREATE TABLE exchange (
	id       INTEGER PRIMARY KEY,
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	way      TEXT NOT NULL,              -- folder, hub or bundle
	at       INTEGER NOT NULL,           -- when the first of them ended
	until    INTEGER NOT NULL,           -- when the last one did
	times    INTEGER NOT NULL,
	came     INTEGER NOT NULL,           -- changes that were taken
	sent     INTEGER NOT NULL,           -- pieces that were given
	kept_out INTEGER NOT NULL,           -- changes whose authors were not allowed to make them
	refused  INTEGER NOT NULL,           -- pieces that cannot be used
	reasons  TEXT NOT NULL,              -- JSON: why those cannot be used, each with how many
	problem  TEXT NOT NULL               -- why it did not go well, or ''
) STRICT;
CREATE INDEX exchange_by_space ON exchange (space_id, id);
CREATE TABLE feed (
	id         TEXT PRIMARY KEY,
	account_id TEXT NOT NULL,
	name       TEXT NOT NULL UNIQUE,
	shown      TEXT NOT NULL,       -- the link's host; never the link
	added_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE hand_filing (
	place          TEXT PRIMARY KEY,   -- interaction_id, a blank, account_id
	interaction_id TEXT NOT NULL,      -- soft: kept while its mail is away
	account_id     TEXT NOT NULL,
	is_on          INTEGER NOT NULL,   -- 1: on that timeline; 0: not
	at             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE headline (
	interaction_id TEXT NOT NULL,
	feed_id        TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
	link           TEXT NOT NULL,   -- of its page, or ''
	PRIMARY KEY (interaction_id, feed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX headline_of_feed ON headline (feed_id);
CREATE TRIGGER observe_home_delete AFTER DELETE ON home WHEN old.kind = 'account' BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT old.space_id, i.id FROM match m JOIN interaction i ON i.n = m.interaction_n
	WHERE m.account_id = old.entity AND i.kind = 'mail' AND i.source <> 'shared by colleagues' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_home_insert AFTER INSERT ON home WHEN new.kind = 'account' BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT new.space_id, i.id FROM match m JOIN interaction i ON i.n = m.interaction_n
	WHERE m.account_id = new.entity AND i.kind = 'mail' AND i.source <> 'shared by colleagues' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_home_update AFTER UPDATE ON home WHEN new.kind = 'account' BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT old.space_id, i.id FROM match m JOIN interaction i ON i.n = m.interaction_n
	WHERE m.account_id = old.entity AND i.kind = 'mail' AND i.source <> 'shared by colleagues' UNION 	SELECT new.space_id, i.id FROM match m JOIN interaction i ON i.n = m.interaction_n
	WHERE m.account_id = new.entity AND i.kind = 'mail' AND i.source <> 'shared by colleagues' ON CONFLICT DO NOTHING;
END;
CREATE TABLE home (
	kind     TEXT NOT NULL,
	entity   TEXT NOT NULL,
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	PRIMARY KEY (kind, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX home_by_space ON home (space_id, kind);
CREATE TABLE ignored (
	pattern TEXT PRIMARY KEY,
	at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE intake (
	id   INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,            -- orders, tickets
	name TEXT NOT NULL,            -- of the file
	at   INTEGER NOT NULL,
	live INTEGER NOT NULL          -- 0: undone, and gone after 90 days
) STRICT;
CREATE TABLE interaction (
	n           INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	kind        TEXT NOT NULL CHECK (kind IN ('mail', 'meeting', 'call', 'visit', 'note', 'news')),
	direction   TEXT NOT NULL CHECK (direction IN ('in', 'out', 'both')),
	at          INTEGER NOT NULL,  -- when it happened
	recorded_at INTEGER NOT NULL,  -- when this laptop learned of it
	minutes     INTEGER NOT NULL,  -- 0: not known
	all_day     INTEGER NOT NULL,
	subject     TEXT NOT NULL,
	preview     TEXT NOT NULL,
	text        TEXT NOT NULL,     -- of what was logged by hand; mails keep theirs
	place       TEXT NOT NULL,
	source      TEXT NOT NULL,
	thread      TEXT NOT NULL,
	cancelled   INTEGER NOT NULL,
	free        INTEGER NOT NULL DEFAULT 0, -- 1: a meeting that takes no time
	automated   TEXT NOT NULL,     -- why it is no person's, or ''
	skip        TEXT NOT NULL      -- why it is on no timeline, or ''
) STRICT;
CREATE INDEX interaction_by_time ON interaction (at);
CREATE INDEX interaction_of_thread ON interaction (thread, at) WHERE thread <> '';
CREATE INDEX interaction_skipped ON interaction (skip, at) WHERE skip <> '';
CREATE TABLE invitation (
	n          INTEGER PRIMARY KEY,
	message_id TEXT NOT NULL,         -- message.id; soft
	uid        TEXT NOT NULL,
	method     TEXT NOT NULL,
	sender     TEXT NOT NULL,         -- address that the mail is from
	at         INTEGER NOT NULL,      -- the mail's date
	ics        TEXT NOT NULL,
	taken      INTEGER NOT NULL,      -- 1: the meetings follow from it
	UNIQUE (message_id, uid, method)
) STRICT;
CREATE INDEX invitation_of_uid ON invitation (uid);
CREATE INDEX invitation_waiting ON invitation (uid) WHERE taken = 0;
CREATE VIRTUAL TABLE learned_search USING fts4 (
	title, text, tokenize=unicode61 "remove_diacritics=2", prefix="2,4"
);
CREATE TABLE leave_out (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL CHECK (kind IN ('sender', 'domain', 'conversation', 'mail')),
	pattern TEXT NOT NULL,         -- address, domain, Interaction.ID of a mail; '' for a conversation
	shown   TEXT NOT NULL,         -- for people, without a subject
	forgot  INTEGER NOT NULL,      -- mails that were here and are forgotten
	at      INTEGER NOT NULL
) STRICT;
CREATE TABLE leave_out_mark (
	mark    TEXT NOT NULL,
	rule_id TEXT NOT NULL REFERENCES leave_out (id) ON DELETE CASCADE,
	PRIMARY KEY (mark, rule_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_of_rule ON leave_out_mark (rule_id);
CREATE TABLE ledger (
	id        INTEGER PRIMARY KEY,
	source    TEXT NOT NULL,
	folder    TEXT NOT NULL,
	started   INTEGER NOT NULL,         -- unix milliseconds
	took      INTEGER NOT NULL,         -- milliseconds
	on_server INTEGER NOT NULL,         -- -1: not known
	seen      INTEGER NOT NULL,
	kept      INTEGER NOT NULL,
	skipped   TEXT NOT NULL,            -- JSON list of reason and n
	odd       TEXT NOT NULL,            -- JSON list of reason and n
	problem   TEXT NOT NULL,
	UNIQUE (source, started, folder)
) STRICT;
CREATE TABLE left_out (
	mailbox_id  TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
	folder      TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid         INTEGER NOT NULL,
	rule_id     TEXT NOT NULL REFERENCES leave_out (id) ON DELETE CASCADE,
	mark        TEXT NOT NULL,     -- hash of its Message-ID, or ''
	PRIMARY KEY (mailbox_id, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX left_out_by_mark ON left_out (mark) WHERE mark <> '';
CREATE INDEX left_out_of_rule ON left_out (rule_id);
CREATE TABLE location (
	mailbox_id  TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
	folder      TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid         INTEGER NOT NULL,
	message_n   INTEGER NOT NULL REFERENCES message (n) ON DELETE CASCADE,
	flags       TEXT NOT NULL DEFAULT '', -- the server's marks there: \Answered \Seen
	PRIMARY KEY (mailbox_id, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_of_message ON location (message_n);
CREATE TRIGGER observe_rule AFTER UPDATE OF share ON mailbox WHEN old.share <> new.share BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM wire_id w JOIN interaction i ON i.id = w.local JOIN message m ON m.interaction_n = i.n
	WHERE m.detached_from = new.id OR EXISTS (SELECT 1 FROM location l WHERE l.message_n = m.n AND l.mailbox_id = new.id) ON CONFLICT DO NOTHING;
END;
CREATE TABLE mailbox (
	id           TEXT PRIMARY KEY,
	address      TEXT NOT NULL UNIQUE,
	host         TEXT NOT NULL,
	port         INTEGER NOT NULL,
	security     TEXT NOT NULL,
	user         TEXT NOT NULL,
	sign_in      TEXT NOT NULL,     -- password, or oauth: and a provider's name; '' for files
	since_months INTEGER NOT NULL,  -- 0: all
	since        TEXT NOT NULL,     -- date that counts in its place, or ''
	folders      TEXT NOT NULL,     -- JSON list; [] for Rapport's own choice
	leave_out    TEXT NOT NULL,     -- JSON list of folders
	max_size     INTEGER NOT NULL,  -- bytes; above it only the beginning is read; 0: 25 MiB
	share        TEXT NOT NULL CHECK (share IN ('', 'nothing', 'contact', 'subject', 'text')), -- '' is nothing
	pinned       TEXT NOT NULL,     -- SHA-256 of the one certificate, 64 hex digits; '' for a trusted one
	added_at     INTEGER NOT NULL
) STRICT;
CREATE TABLE match (
	account_id    TEXT NOT NULL,
	at            INTEGER NOT NULL,
	interaction_n INTEGER NOT NULL REFERENCES interaction (n) ON DELETE CASCADE,
	touch         INTEGER NOT NULL, -- who started it: 0 no touch, 1 us, 2 customer, 3 partner
	mail          INTEGER NOT NULL, -- what it cost us: 0 is no mail that people wrote, 1 read, 2 written
	kind          TEXT NOT NULL,    -- contact, domain, hand, team, feed
	contact_id    TEXT NOT NULL,
	email         TEXT NOT NULL,
	reason        TEXT NOT NULL,
	PRIMARY KEY (account_id, at, interaction_n)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_of_interaction ON match (interaction_n);
CREATE TABLE meeting (
	calendar_id TEXT NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
	uid         TEXT NOT NULL,
	ics         TEXT NOT NULL,          -- all its components and their zones
	PRIMARY KEY (calendar_id, uid)
) STRICT;
CREATE TABLE meeting_before (
	id        TEXT NOT NULL,          -- occurrence.id, interaction.id
	until     INTEGER NOT NULL,
	start_at  INTEGER NOT NULL,
	end_at    INTEGER NOT NULL,
	place     TEXT NOT NULL,
	cancelled INTEGER NOT NULL,
	PRIMARY KEY (id, until)
) STRICT, WITHOUT ROWID;
CREATE TABLE meeting_response (
	uid           TEXT NOT NULL,
	recurrence_id TEXT NOT NULL,      -- '' for the whole meeting
	email         TEXT NOT NULL,
	name          TEXT NOT NULL,
	answer        TEXT NOT NULL,
	sequence      INTEGER NOT NULL,
	stamp         INTEGER NOT NULL,
	start_at      INTEGER NOT NULL,   -- another time that is asked for; 0: none
	end_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_response_of_uid ON meeting_response (uid);
CREATE TABLE member (
	space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	side       TEXT NOT NULL,      -- us, customer, partner
	discipline TEXT NOT NULL,
	role       TEXT NOT NULL,      -- owner, admin, editor, contributor, reader; '' for who was removed
	since      INTEGER NOT NULL,
	seen       TEXT NOT NULL DEFAULT '{}', -- JSON vector: what their devices said they have
	heard_at   INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (space_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE message (
	n             INTEGER PRIMARY KEY,
	id            TEXT NOT NULL UNIQUE, -- SHA-256 of the raw bytes
	interaction_n INTEGER NOT NULL REFERENCES interaction (n) ON DELETE RESTRICT,
	message_id    TEXT NOT NULL,
	in_reply_to   TEXT NOT NULL,
	refs          TEXT NOT NULL,        -- JSON list
	date          INTEGER NOT NULL,
	subject       TEXT NOT NULL,
	people        TEXT NOT NULL,        -- JSON: from, to, cc, bcc, replyTo
	text          TEXT NOT NULL,
	text_cut      INTEGER NOT NULL,
	size          INTEGER NOT NULL,     -- bytes on the server
	attached      TEXT NOT NULL,        -- JSON list
	form          TEXT NOT NULL,        -- JSON: encrypted, signed, calendar, page
	automated     TEXT NOT NULL,
	odd           TEXT NOT NULL,        -- JSON list
	recorded_at   INTEGER NOT NULL,
	subject_name  INTEGER NOT NULL,     -- data.ThreadName of the bare subject; 0: never threaded by it
	headless      INTEGER NOT NULL,     -- marked as a reply, but names nothing that it answers
	detached_at   INTEGER,              -- since when no server has it
	detached_from TEXT NOT NULL DEFAULT '', -- the mailbox that had it last, whose next whole reading decides
	reading       TEXT NOT NULL DEFAULT ''  -- the text of an HTML mail with its headings and lists, once somebody asked
) STRICT;
CREATE INDEX message_by_message_id ON message (message_id) WHERE message_id <> '';
CREATE INDEX message_by_subject ON message (subject_name, date) WHERE subject_name <> 0;
CREATE INDEX message_detached ON message (detached_from, detached_at) WHERE detached_at IS NOT NULL;
CREATE INDEX message_headless ON message (subject_name, date) WHERE headless = 1;
CREATE INDEX message_of_interaction ON message (interaction_n);
CREATE VIRTUAL TABLE message_search USING fts4 (
	subject, people, text, content="", tokenize=unicode61 "remove_diacritics=2", prefix="2,4", order=desc
);
CREATE VIRTUAL TABLE name_search USING fts4 (
	name, more, tokenize=unicode61 "remove_diacritics=2", prefix="1,2,3"
);
CREATE TABLE observation (
	space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	id         TEXT NOT NULL,
	wire       TEXT NOT NULL,        -- what the mail is called in the space
	account_id TEXT NOT NULL,
	log        TEXT NOT NULL,        -- in which it was told: whose laptop signed it is who told it
	actor      TEXT NOT NULL,        -- who it says told it, for a laptop of which no record tells
	body       TEXT NOT NULL,        -- JSON, data.Shared
	PRIMARY KEY (space_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_of_account ON observation (account_id);
CREATE INDEX observation_of_mail ON observation (wire);
CREATE TABLE observed (
	space_id    TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	interaction TEXT NOT NULL,       -- interaction.id; soft: what was told outlives its mail
	account_id  TEXT NOT NULL,
	PRIMARY KEY (space_id, interaction, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE occurrence (
	calendar_id   TEXT NOT NULL,
	id            TEXT NOT NULL,        -- hash of uid and recurrence_id
	uid           TEXT NOT NULL,
	recurrence_id TEXT NOT NULL,
	shown         INTEGER NOT NULL,     -- 1 for the newest version, if several calendars have it
	summary       TEXT NOT NULL,
	place         TEXT NOT NULL,
	start_at      INTEGER NOT NULL,
	end_at        INTEGER NOT NULL,     -- exclusive
	all_day       INTEGER NOT NULL,
	start_date    TEXT NOT NULL,        -- dates of an all-day one, else ''
	end_date      TEXT NOT NULL,
	zone          TEXT NOT NULL,
	cancelled     INTEGER NOT NULL,
	tentative     INTEGER NOT NULL,
	free          INTEGER NOT NULL,     -- 1: it takes no time
	sequence      INTEGER NOT NULL,
	stamp         INTEGER NOT NULL,
	people        TEXT NOT NULL,        -- JSON: organizer, attendees
	PRIMARY KEY (calendar_id, id),
	FOREIGN KEY (calendar_id, uid) REFERENCES meeting (calendar_id, uid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrence_by_id ON occurrence (id);
CREATE INDEX occurrence_by_start ON occurrence (start_at) WHERE shown = 1;
CREATE INDEX occurrence_long ON occurrence (end_at) WHERE shown = 1 AND end_at - start_at > 691200;
CREATE INDEX occurrence_of_meeting ON occurrence (calendar_id, uid);
CREATE INDEX occurrence_of_uid ON occurrence (uid);
CREATE TABLE outbox (
	id         INTEGER PRIMARY KEY,
	target     TEXT NOT NULL,      -- drafts:MAILBOX
	subject    TEXT NOT NULL,      -- draft.id
	body       TEXT NOT NULL,      -- JSON: what leaves, as it was let go
	yes        INTEGER NOT NULL,   -- the person allowed this one
	created_at INTEGER NOT NULL,
	tries      INTEGER NOT NULL DEFAULT 0,
	next_at    INTEGER NOT NULL,
	leaving_at INTEGER,            -- while it is handed over, and when nobody heard whether it arrived
	problem    TEXT NOT NULL DEFAULT '',
	done_at    INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE done_at IS NULL;
CREATE TABLE own_log (
	space_id TEXT PRIMARY KEY REFERENCES space (id) ON DELETE CASCADE,
	log      TEXT NOT NULL UNIQUE,
	instance TEXT NOT NULL,        -- installation and folder; another one starts a new log
	at       INTEGER NOT NULL,     -- hybrid clock of its last change
	told     TEXT NOT NULL         -- JSON version vector at its last change
) STRICT;
CREATE TABLE part (
	n              INTEGER PRIMARY KEY,
	id             TEXT NOT NULL UNIQUE,
	space_id       TEXT NOT NULL,
	kind           TEXT NOT NULL,
	account_id     TEXT NOT NULL,     -- '' for what is the team's own
	contact_id     TEXT NOT NULL,     -- '' for none
	interaction_id TEXT NOT NULL,     -- what it was learned from, or ''
	due            TEXT NOT NULL,     -- date by which it asks for somebody, or ''
	open           INTEGER NOT NULL,
	fields         TEXT NOT NULL,     -- JSON, by register
	recorded_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX part_by_due ON part (kind, open, due);
CREATE INDEX part_of_account ON part (account_id, kind, due);
CREATE INDEX part_of_contact ON part (contact_id, kind) WHERE contact_id <> '';
CREATE INDEX part_of_interaction ON part (interaction_id) WHERE interaction_id <> '';
CREATE TABLE participant (
	interaction_n INTEGER NOT NULL REFERENCES interaction (n) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
	place         INTEGER NOT NULL, -- order; 0 is the sender or organiser
	name          TEXT NOT NULL,
	email         TEXT NOT NULL,
	part          TEXT NOT NULL,    -- from, to, cc, bcc, organizer, attendee, with
	side          TEXT NOT NULL,    -- us, customer, partner or ''
	contact_id    TEXT NOT NULL,
	answer        TEXT NOT NULL,
	PRIMARY KEY (interaction_n, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_by_contact ON participant (contact_id, interaction_n) WHERE contact_id <> '';
CREATE INDEX participant_by_email ON participant (email, interaction_n);
CREATE TABLE piece (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	name     TEXT NOT NULL,
	log      TEXT NOT NULL,        -- of a segment, else ''
	first    INTEGER NOT NULL,     -- counters of a segment, else 0; of a retired snapshot 1 where this laptop wrote it
	last     INTEGER NOT NULL,
	epoch    TEXT NOT NULL DEFAULT '', -- of a segment whose changes are in: whose key seals it
	blank    INTEGER NOT NULL DEFAULT 0, -- of a segment: of how many changes the value was erased before it was sealed
	chain    TEXT NOT NULL DEFAULT '', -- of a pack: as what the segment after it knows its end
	retired  INTEGER NOT NULL DEFAULT 0, -- 1: a later piece stands for it; its body is empty
	came_at  INTEGER NOT NULL,
	body     BLOB NOT NULL,
	PRIMARY KEY (space_id, name)
) STRICT;
CREATE INDEX piece_of_log ON piece (space_id, log, last, epoch);
CREATE TABLE purchase (
	n          INTEGER PRIMARY KEY,
	intake     INTEGER NOT NULL,
	key        TEXT NOT NULL,
	account_id TEXT NOT NULL,
	kind       TEXT NOT NULL,      -- order, invoice, credit, travel
	number     TEXT NOT NULL,
	day        TEXT NOT NULL,      -- date
	cents      INTEGER NOT NULL,
	cost       INTEGER,            -- cents; null where it is not known
	currency   TEXT NOT NULL,      -- ISO 4217
	what       TEXT NOT NULL
) STRICT;
CREATE INDEX purchase_by_key ON purchase (key, n);
CREATE INDEX purchase_of_account ON purchase (account_id, day);
CREATE TABLE refused_piece (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	name     TEXT NOT NULL,
	why      TEXT NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (space_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE reread (
	mailbox_id  TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
	folder      TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid         INTEGER NOT NULL,
	PRIMARY KEY (mailbox_id, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE run (
	source      TEXT PRIMARY KEY,
	started_at  INTEGER NOT NULL,
	finished_at INTEGER,                -- when it last finished well
	problem     TEXT NOT NULL,          -- of the last run, '' when it went well
	rest_until  INTEGER NOT NULL DEFAULT 0 -- the server asked to be left alone until then
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	log      TEXT NOT NULL,
	counter  INTEGER NOT NULL,     -- applied up to here, without gaps
	PRIMARY KEY (space_id, log)
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER observe_exception_delete AFTER DELETE ON share_exception BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM participant p JOIN interaction i ON i.n = p.interaction_n JOIN wire_id w ON w.local = i.id
	WHERE old.key GLOB 'contact/*' AND p.contact_id = substr(old.key, 9) AND p.contact_id <> ''
	UNION SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id
	WHERE old.key GLOB 'conversation/*' AND i.thread = substr(old.key, 14) AND i.thread <> '' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_exception_insert AFTER INSERT ON share_exception BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM participant p JOIN interaction i ON i.n = p.interaction_n JOIN wire_id w ON w.local = i.id
	WHERE new.key GLOB 'contact/*' AND p.contact_id = substr(new.key, 9) AND p.contact_id <> ''
	UNION SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id
	WHERE new.key GLOB 'conversation/*' AND i.thread = substr(new.key, 14) AND i.thread <> '' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_exception_update AFTER UPDATE ON share_exception BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM participant p JOIN interaction i ON i.n = p.interaction_n JOIN wire_id w ON w.local = i.id
	WHERE new.key GLOB 'contact/*' AND p.contact_id = substr(new.key, 9) AND p.contact_id <> ''
	UNION SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id
	WHERE new.key GLOB 'conversation/*' AND i.thread = substr(new.key, 14) AND i.thread <> '' ON CONFLICT DO NOTHING;
END;
CREATE TABLE share_exception (
	key   TEXT PRIMARY KEY,        -- contact/ID or conversation/ID
	share TEXT NOT NULL CHECK (share IN ('nothing', 'contact', 'subject', 'text')),
	at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot (
	space_id TEXT PRIMARY KEY REFERENCES space (id) ON DELETE CASCADE,
	have     TEXT NOT NULL,        -- JSON version vector: the changes that are in it
	heads    TEXT NOT NULL,        -- JSON: the membership records by which they were judged
	tips     TEXT NOT NULL,        -- JSON: by log, the segment that ends there
	author   TEXT NOT NULL         -- the member who wrote it
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot_version (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	kind     TEXT NOT NULL,        -- columns as in version
	entity   TEXT NOT NULL,
	part     TEXT NOT NULL,
	field    TEXT NOT NULL,
	log      TEXT NOT NULL,
	counter  INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	actor    TEXT NOT NULL,
	op       TEXT NOT NULL,
	value    TEXT NOT NULL,
	over     TEXT NOT NULL,
	PRIMARY KEY (space_id, kind, entity, part, field, log, counter)
) STRICT, WITHOUT ROWID;
CREATE TABLE snooze (
	about TEXT PRIMARY KEY,            -- a promise, a contact, an account; "word " and one: a kind word to them
	until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE space (
	id         TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	kind       TEXT NOT NULL CHECK (kind IN ('local', 'team', 'joint')),
	id_key     BLOB NOT NULL,      -- makes wire IDs; never rotated
	self       TEXT NOT NULL DEFAULT '',   -- who we are in it: a member's ID
	place      TEXT NOT NULL DEFAULT '',   -- where its pieces are carried: folder:PATH, nats:URL
	judged     TEXT NOT NULL DEFAULT '',   -- JSON: the last membership records by which every change was judged
	alarm      TEXT NOT NULL DEFAULT '',   -- who made something else of the same changes, in words
	refused_by TEXT NOT NULL DEFAULT '',   -- who did not let us in, by name
	synced_at  INTEGER NOT NULL DEFAULT 0, -- when an exchange with its place last went well
	problem    TEXT NOT NULL DEFAULT '',   -- why the last one did not
	created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE thread_name (
	name INTEGER PRIMARY KEY,           -- data.ThreadName
	up   INTEGER NOT NULL
) STRICT;
CREATE TABLE ticket (
	n          INTEGER PRIMARY KEY,
	intake     INTEGER NOT NULL,
	key        TEXT NOT NULL,
	account_id TEXT NOT NULL,
	number     TEXT NOT NULL,
	opened     TEXT NOT NULL,      -- date
	closed     TEXT NOT NULL,      -- date or ''
	title      TEXT NOT NULL,
	minutes    INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_by_key ON ticket (key, n);
CREATE INDEX ticket_of_account ON ticket (account_id, opened);
CREATE TABLE to_observe (
	space_id    TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	interaction TEXT NOT NULL,       -- interaction.id
	forgotten   INTEGER NOT NULL DEFAULT 0, -- 1: a person had it forgotten
	PRIMARY KEY (space_id, interaction)
) STRICT, WITHOUT ROWID;
CREATE TABLE turned_away (
	space_id  TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	person    TEXT NOT NULL,
	name      TEXT NOT NULL,       -- as they said
	meant_for TEXT NOT NULL,       -- for whom the invitation was made, '' for unknown
	by_name   TEXT NOT NULL,       -- who refused them
	at        INTEGER NOT NULL,
	PRIMARY KEY (space_id, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE undo (
	id      INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	label   TEXT NOT NULL,
	body    TEXT NOT NULL,         -- JSON: values and rows as they were before
	done_at INTEGER                -- when it was undone
) STRICT;
CREATE INDEX undo_by_age ON undo (at);
CREATE TABLE unreadable (
	mailbox_id  TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
	folder      TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid         INTEGER NOT NULL,
	reason      TEXT NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (mailbox_id, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE version (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	kind     TEXT NOT NULL,
	entity   TEXT NOT NULL,
	part     TEXT NOT NULL,        -- field, life, link
	field    TEXT NOT NULL,
	log      TEXT NOT NULL,
	counter  INTEGER NOT NULL,
	at       INTEGER NOT NULL,     -- hybrid clock
	actor    TEXT NOT NULL,
	op       TEXT NOT NULL,
	value    TEXT NOT NULL,
	over     TEXT NOT NULL,        -- JSON version vector, of deletes
	PRIMARY KEY (space_id, kind, entity, part, field, log, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_deleted ON version (space_id, kind, entity) WHERE op = 'del';
CREATE INDEX version_of_account ON version (value, kind) WHERE field = 'account';
CREATE INDEX version_with ON version (field) WHERE kind = 'interaction' AND field >= 'with/' AND field < 'with0';
CREATE TABLE wire_id (
	space_id TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
	wire     TEXT NOT NULL,        -- HMAC(id_key, local)
	local    TEXT NOT NULL,
	PRIMARY KEY (space_id, wire)
) STRICT, WITHOUT ROWID;
CREATE INDEX wire_of_local ON wire_id (local, space_id);
