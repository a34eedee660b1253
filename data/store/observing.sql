-- What comes with every mail and decides what leaves of it: filing, who takes part,
-- and its copies. It is made when the first thing is to go to a space. Where nothing
-- was ever shared nothing can be marked, and a first sync takes an eighth less
-- work without it: SQLite notes the way back of each statement that a trigger
-- may follow.
CREATE TRIGGER observe_match AFTER INSERT ON match WHEN EXISTS (SELECT 1 FROM home) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT h.space_id, i.id FROM home h JOIN interaction i ON i.n = new.interaction_n
	WHERE h.kind = 'account' AND h.entity = new.account_id AND i.kind = 'mail' AND i.source <> 'shared by colleagues' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_unmatch AFTER DELETE ON match WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id WHERE i.n = old.interaction_n ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_gone AFTER DELETE ON interaction WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT space_id, local FROM wire_id WHERE local = old.id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_entry AFTER UPDATE OF at, direction, subject, thread, automated ON interaction WHEN EXISTS (SELECT 1 FROM wire_id) AND (old.at, old.direction, old.subject, old.thread, old.automated) <> (new.at, new.direction, new.subject, new.thread, new.automated) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT space_id, local FROM wire_id WHERE local = new.id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_people AFTER INSERT ON participant WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id WHERE i.n = new.interaction_n ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_copy AFTER INSERT ON message WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id WHERE i.n = new.interaction_n ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_copy_changed AFTER UPDATE OF interaction_n, text, attached, detached_from ON message WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id WHERE i.n IN (old.interaction_n, new.interaction_n) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_copy_gone AFTER DELETE ON message WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM interaction i JOIN wire_id w ON w.local = i.id WHERE i.n = old.interaction_n ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER observe_location AFTER INSERT ON location WHEN EXISTS (SELECT 1 FROM wire_id) BEGIN
	INSERT INTO to_observe (space_id, interaction)
	SELECT w.space_id, w.local FROM message m JOIN interaction i ON i.n = m.interaction_n JOIN wire_id w ON w.local = i.id WHERE m.n = new.message_n ON CONFLICT DO NOTHING;
END;
