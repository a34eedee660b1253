package sample

import "rapport/data"

// customers are the thirteen accounts that are written by hand. Ages are in
// days before today.
var customers = []customer{
	{
		name: "Kestrel Museums", domains: "kestrel.example kestrelmuseums.example", tier: "A", kind: culture,
		sector: "Culture, 4 sites", owner: maya.Name, since: "2021-03-31",
		sites:  []string{"Harbour Hall", "Hall 2", "Hall 3", "the Print Room", "the Mill Gallery"},
		weight: 24, last: 33, first: 725, silences: [][2]int{{220, 249}},
		people: []role{
			{"Anna Kessler", "anna.kessler@kestrel.example", "Director of facilities", "+31 20 555 0201", 0, "", ""},
			{"Beatrice Holm", "beatrice.holm@kestrel.example", "Head of exhibitions", "+31 20 555 0202", 0, "", ""},
			{"Piotr Malik", "piotr.malik@kestrel.example", "Estates", "+31 20 555 0203", 0, "", ""},
			{"Martin Oyelaran", "m.oyelaran@kestrel.example", "Chief executive", "+31 20 555 0204", 41, "", ""},
			{"Ines Fournier", "ines.fournier@kestrel.example ines@kestrelmuseums.example", "Head of conservation", "+31 20 555 0205", 36, "fr", ""},
			{"Samuel Reyes", "samuel.reyes@kestrel.example", "Finance director", "", never, "", ""},
			{"Grace Oduya", "grace.oduya@kestrel.example", "Purchasing", "+31 20 555 0207", 94, "", ""},
			{"Leon Hobday", "leon@hobday.example", "Architect, Hobday & Marsh", "+31 20 555 0391", 12, "", data.Partner},
		},
	},
	{
		name: "Quayside Ferries", domains: "quayside.example", tier: "A", kind: transport,
		sector: "Transport, 3 piers", owner: maya.Name, since: "2019-09-01",
		sites:  []string{"Pier 1", "Pier 2", "Pier 3", "the ticket hall"},
		weight: 21, last: 1, first: 728,
		people: []role{
			{"Nadia Brandt", "nadia.brandt@quayside.example n.brandt@quayside.example", "Operations director", "+31 10 555 0301", 0, "de", ""},
			{"Owen Pryce", "owen.pryce@quayside.example", "Pier engineer", "+31 10 555 0302", 0, "", ""},
			{"Piet Groen", "piet.groen@quayside.example", "Accounts payable", "+31 10 555 0303", 0, "", ""},
			{"Salome Vik", "salome.vik@quayside.example", "Safety officer", "+31 10 555 0304", 8, "", ""},
		},
	},
	{
		name: "Alder Vale Hospitals", domains: "aldervale.example", tier: "A", kind: health,
		sector: "Health, 6 sites", owner: maya.Name, since: "2022-01-15",
		sites:  []string{"Ward 4", "Ward 7", "the night clinic", "the birth centre", "Theatre 2"},
		weight: 19, last: 2, first: 720,
		people: []role{
			{"Femi Adeyemi", "femi.adeyemi@aldervale.example", "Estates manager", "+31 30 555 0401", 0, "", ""},
			{"Clara Whitlow", "clara.whitlow@aldervale.example", "Ward sister", "+31 30 555 0402", 6, "", ""},
			{"Ravi Solberg", "ravi.solberg@aldervale.example", "Infection control", "+31 30 555 0403", 20, "", ""},
			{"Helene Aubry", "helene.aubry@aldervale.example", "Head of nursing", "+31 30 555 0404", 15, "fr", ""},
		},
	},
	{
		name: "Northmoor University", tier: "A", kind: education,
		sector: "Education, 2 campuses", owner: elin.Name, since: "2020-08-01",
		sites:  []string{"the library", "the atrium", "the engineering block", "the north campus"},
		weight: 15, last: 14, first: 715,
		people: []role{
			{"Ola Brekke", "ola.brekke@northmoor.example", "Director of estates", "+31 50 555 0501", 0, "", ""},
			{"Sunniva Clarke", "s.clarke@northmoor.example", "Energy manager", "+31 50 555 0502", 14, "", ""},
			{"Marek Lund", "m.lund@northmoor.example", "Electrical engineer", "+31 50 555 0503", 16, "", ""},
			{"Philippa Dorn", "p.dorn@northmoor.example", "Librarian", "+31 50 555 0504", 30, "", ""},
			{"Teun Faber", "t.faber@northmoor.example", "Procurement", "+31 50 555 0505", 45, "", ""},
		},
	},
	{
		name: "Brannock Brewing", domains: "brannock.example", tier: "B", kind: food,
		sector: "Food, 1 site", owner: maya.Name, since: "2022-05-10",
		sites:  []string{"the brewhouse", "the cold store", "the bottling line"},
		weight: 9, last: 10, first: 700,
		people: []role{
			{"Isla Brannock", "isla@brannock.example", "Managing director", "+31 40 555 0601", 0, "", ""},
			{"Dirk Ammers", "dirk@brannock.example", "Plant manager", "+31 40 555 0602", 10, "de", ""},
		},
	},
	{
		name: "Saltmarsh Dairy", domains: "saltmarsh.example", tier: "B", kind: food,
		sector: "Food, 2 sites", owner: maya.Name, since: "2021-11-19",
		sites:  []string{"the filling hall", "the cheese store", "the loading dock"},
		weight: 8, last: 41, first: 710,
		people: []role{
			{"Hanna Voss", "hanna.voss@saltmarsh.example", "Operations manager", "+31 58 555 0701", 41, "de", ""},
			{"Jonne Visser", "jonne.visser@saltmarsh.example", "Maintenance", "+31 58 555 0702", 44, "", ""},
		},
	},
	{
		name: "Tern Logistics", tier: "B", kind: warehouse,
		sector: "Warehousing, 5 sites", owner: elin.Name,
		sites:  []string{"shed 2", "shed 4", "the cross-dock", "the van yard"},
		weight: 8, last: 5, first: 290,
		people: []role{
			{"Jun Takeda", "jun.takeda@tern-logistics.example", "Site director", "+31 13 555 0801", 0, "", ""},
			{"Lotte Pereira", "lotte.pereira@tern-logistics.example", "Facilities", "+31 13 555 0802", 9, "", ""},
			{"Kasper Oyen", "kasper.oyen@tern-logistics.example", "Shift lead", "+31 13 555 0803", 30, "", ""},
			{"Brigitte Sand", "b.sand@tern-logistics.example", "Safety", "+31 13 555 0804", 50, "", ""},
		},
	},
	{
		name: "Linden Row Hotels", domains: "lindenrow.example", tier: "B", kind: hospitality,
		sector: "Hospitality, 7 sites", owner: maya.Name, since: "2023-04-04",
		sites:  []string{"the lobby", "the garden suites", "the ballroom", "the Linden Row bar"},
		weight: 8, last: 34, first: 705,
		people: []role{
			{"Luc Maréchal", "luc.marechal@lindenrow.example", "Property director", "+31 70 555 0901", 0, "fr", ""},
			{"Odile Perrin", "odile.perrin@lindenrow.example", "General manager", "+31 70 555 0902", 60, "fr", ""},
		},
	},
	{
		name: "Orchard Street Theatre", tier: "C", kind: culture,
		sector: "Culture, 1 site", owner: tomas.Name, since: "2018-10-12",
		sites:  []string{"the main stage", "the foyer", "the rehearsal room"},
		weight: 4, last: 29, first: 690,
		people: []role{
			{"Abi Torrance", "abi@orchardstreet.example", "Technical manager", "+31 20 555 1001", 0, "", ""},
			{"Wim Castelein", "wim@orchardstreet.example", "Director", "+31 20 555 1002", 80, "", ""},
		},
	},
	{
		name: "Pell & Sons Printing", tier: "C", kind: manufacturing,
		sector: "Manufacturing, 1 site", owner: elin.Name, since: "2017-06-01",
		sites:  []string{"the press hall", "the paper store"},
		weight: 3, last: 198, first: 680,
		people: []role{
			{"Gwen Pell", "gwen@pellprinting.example", "Owner", "+31 24 555 1101", 0, "", ""},
			{"Arthur Pell", "arthur@pellprinting.example", "Press hall", "+31 24 555 1102", 230, "", ""},
		},
	},
	{
		name: "Wexcombe Housing", domains: "wexcombe.example", tier: "C", kind: housing,
		sector: "Public, 40 blocks", owner: tomas.Name, since: "2019-02-20",
		sites:  []string{"Alma Court", "block 12", "the stair cores", "the car park at Dyer Lane"},
		weight: 4, last: 53, first: 695,
		people: []role{
			{"Petra Lindgren", "petra.lindgren@wexcombe.example", "Repairs manager", "+31 33 555 1201", 0, "", ""},
			{"Yusuf Marlow", "yusuf.marlow@wexcombe.example", "Tenant liaison", "+31 33 555 1202", 90, "", ""},
		},
	},
	{
		name: "Fenwick Foundry", tier: "C", kind: manufacturing,
		sector: "Manufacturing, 1 site", owner: maya.Name,
		last: never, first: 0,
	},
	{
		name: "Tidewell Aquarium", domains: "tidewell.example", tier: "C", kind: culture,
		sector: "Leisure, 1 site", owner: daniel.Name, since: "2023-09-15",
		sites:  []string{"the reef tank", "the tunnel", "the café"},
		weight: 4, last: 24, first: 560,
		people: []role{
			{"Noor Haddad", "noor@tidewell.example", "Life support manager", "+31 22 555 1301", 0, "", ""},
			{"Sven Akkerman", "sven@tidewell.example", "Visitor services", "+31 22 555 1302", 24, "", ""},
		},
	},
}

// The words from which further accounts are made.
var (
	inventedFirst = []string{
		"Ashgrove", "Birkwell", "Coldbrook", "Dunmarsh", "Elmstead", "Fairlea", "Gorsefield", "Hartwick", "Inglemere", "Juniper Hill",
		"Kingsmoor", "Lowfell", "Marrowby", "Netherby", "Oakhanger", "Penlow", "Quarrydale", "Ravensholt", "Sedgeley", "Thornlea",
		"Underwood", "Vexley", "Willowmere", "Yarrowdale", "Zeedijk", "Blackthorn", "Copperhill", "Duneside", "Eastwater", "Foxley",
		"Greywell", "Heronsgate", "Ivybank", "Kelderby", "Larchwood", "Mossgate", "Northwick", "Otterfield", "Pinecroft", "Rushmere",
	}
	inventedKinds = []struct {
		word, line string
		sector     sector
	}{
		{"Mills", "Manufacturing, 2 sites", manufacturing}, {"Clinics", "Health, 3 sites", health}, {"Freight", "Warehousing, 4 sites", warehouse},
		{"Academy", "Education, 1 campus", education}, {"Dairies", "Food, 2 sites", food}, {"Ferries", "Transport, 2 piers", transport},
		{"Hotels", "Hospitality, 5 sites", hospitality}, {"Homes", "Public, 25 blocks", housing}, {"Arts", "Culture, 2 sites", culture},
		{"Steel", "Manufacturing, 1 site", manufacturing}, {"Nurseries", "Food, 3 sites", food}, {"Packaging", "Manufacturing, 2 sites", manufacturing},
		{"Cold Stores", "Warehousing, 6 sites", warehouse}, {"College", "Education, 2 campuses", education}, {"Resorts", "Hospitality, 3 sites", hospitality},
		{"Ceramics", "Manufacturing, 1 site", manufacturing}, {"Archives", "Culture, 1 site", culture}, {"Care", "Health, 8 sites", health},
		{"Lettings", "Public, 12 blocks", housing}, {"Bakeries", "Food, 9 sites", food},
	}
	inventedGiven = []string{
		"Alma", "Bram", "Cato", "Dagny", "Emil", "Freya", "Gideon", "Hedda", "Ilse", "Jasper", "Kaja", "Levi", "Mina", "Nils", "Oona",
		"Pepijn", "Quinta", "Rolf", "Signe", "Thijs", "Ulla", "Viggo", "Wanda", "Xander", "Yara", "Zeno", "Amara", "Bashir", "Chidi", "Devika",
		"Esme",
	}
	inventedFamily = []string{
		"Aldous", "Bakkum", "Corvin", "Drost", "Eikeland", "Fenn", "Gravelle", "Hollander", "Imrie", "Jorde", "Keizer", "Lomax", "Mistry", "Nordahl",
		"Okoro", "Pelham", "Quist", "Rosendal", "Stavros", "Tindall", "Ueland", "Verhage", "Wolde", "Ystad", "Zeller", "Amsel", "Bruun", "Calder", "Dunmore",
		"Ekwall", "Farrow", "Gilmour", "Hagen", "Ivers", "Jarvis", "Koster", "Lindley",
	}
	inventedRoles = []string{
		"Facilities manager", "Operations director", "Electrical engineer", "Purchasing", "Energy manager",
		"Safety officer", "Finance", "Site manager", "Maintenance lead", "Office manager",
	}
)
