"""The people of Norrvane, second half."""

from telemachy.interfaces.demo.content.shapes import PersonText

PEOPLE = (
    PersonText("helena.pacheco", "Helena Pacheco", "Lisbon", "Water", "Team Lead, Leak Detection", 4),
    PersonText("zuzana.kovarova", "Zuzana Kovářová", "Lisbon", "Digital", "Delivery Lead", 4),
    PersonText("priya.ranade", "Priya Ranade", "Pune", "Engineering", "Lead Engineer, Pumps", 4),
    PersonText("rohan.gaikwad", "Rohan Gaikwad", "Pune", "Engineering", "Firmware Engineer", 3),
    PersonText(
        "meera.iyer.joshi", "Meera Iyer-Joshi", "Pune", "Digital", "Engineering Manager, Telemetry", 5
    ),
    PersonText("siddharth.pawar", "Siddharth Pawar", "Pune", "Grid", "Team Lead, Testing", 4),
    PersonText("ananya.kelkar", "Ananya Kelkar", "Pune", "Quality and Safety", "Quality Engineer", 3),
    PersonText("farhan.shaikh", "Farhan Shaikh", "Pune", "Digital", "Release Manager", 4),
    PersonText("tanvi.bapat", "Tanvi Bapat", "Pune", "Water", "Process Engineer", 3),
    PersonText("nikhil.sathe", "Nikhil Sathe", "Pune", "Engineering", "Graduate Engineer, Drives", 1),
    PersonText("ishita.mandal", "Ishita Mandal", "Pune", "Digital", "Data Engineer", 2),
    PersonText("gurpreet.sandhu", "Gurpreet Sandhu", "Pune", "Supply", "Sourcing Manager", 4),
    PersonText("kavitha.raman", "Kavitha Raman", "Pune", "People", "Talent Partner", 4),
    PersonText("arjun.nambiar", "Arjun Nambiar", "Pune", "Sales", "Solutions Engineer", 3),
    PersonText("deepa.chitnis", "Deepa Chitnis", "Pune", "Finance", "Finance Business Partner", 4),
    PersonText("omkar.jadhav", "Omkar Jadhav", "Pune", "Ports", "Remote Operations Engineer", 2),
    PersonText("zoya.merchant", "Zoya Merchant", "Pune", "Customer Desk", "Technical Support Engineer", 2),
    PersonText("harish.venkatesan", "Harish Venkatesan", "Pune", "Water", "Director, South Asia", 6),
    PersonText(
        "lalita.phadke", "Lalita Phadke", "Pune", "Engineering", "Chief Engineer, Rotating Machines", 6
    ),
    PersonText("rutuja.kale", "Rutuja Kale", "Pune", "Grid", "Graduate Engineer, Relays", 1),
    PersonText(
        "aderito.mendes.da.luz", "Adérito Mendes da Luz", "Santos", "Ports", "Night Shift Supervisor", 3
    ),
    PersonText("bruna.cavalcanti", "Bruna Cavalcanti", "Santos", "Ports", "Site Manager, Baía Norte", 4),
    PersonText(
        "caio.figueiredo.lopes", "Caio Figueiredo Lopes", "Santos", "Engineering", "Electrical Engineer", 3
    ),
    PersonText("thais.rezende", "Thaís Rezende", "Santos", "Water", "Project Manager, Desalination", 4),
    PersonText("vinicius.amorim", "Vinícius Amorim", "Santos", "Digital", "Automation Analyst", 2),
    PersonText("debora.sampaio", "Débora Sampaio", "Santos", "Quality and Safety", "Safety Engineer", 3),
    PersonText("kenji.takemura", "Kenji Takemura", "Santos", "Engineering", "Mechanical Engineer", 3),
    PersonText("juliana.bittencourt", "Juliana Bittencourt", "Santos", "People", "People Manager", 4),
    PersonText("otavio.menezes", "Otávio Menezes", "Santos", "Sales", "Account Manager, Ports", 4),
    PersonText("livia.carneiro", "Lívia Carneiro", "Santos", "Finance", "Graduate Controller", 1),
    PersonText("wagner.peixoto", "Wagner Peixoto", "Santos", "Supply", "Logistics Coordinator", 2),
    PersonText("mariana.toledo", "Mariana Toledo", "Santos", "Grid", "Operations Manager", 5),
    PersonText("gustavo.ferraz", "Gustavo Ferraz", "Santos", "Ports", "Graduate Engineer, Cranes", 1),
    PersonText("renata.siqueira", "Renata Siqueira", "Santos", "Water", "Team Lead, Field Service", 4),
    PersonText("isabela.moura", "Isabela Moura", "Santos", "Customer Desk", "Service Coordinator", 2),
    PersonText("nyambura.gathogo", "Nyambura Gathogo", "Nairobi", "Grid", "Team Lead, Rural Substations", 4),
    PersonText("otieno.were", "Otieno Were", "Nairobi", "Grid", "Line Engineer", 3),
    PersonText("halima.abdi.noor", "Halima Abdi Noor", "Nairobi", "Water", "Project Engineer, Boreholes", 3),
    PersonText(
        "brian.mutua.kilonzo",
        "Brian Mutua Kilonzo",
        "Nairobi",
        "Engineering",
        "Solar Integration Engineer",
        2,
    ),
    PersonText("esther.cherono", "Esther Cherono", "Nairobi", "Quality and Safety", "Safety Coordinator", 3),
    PersonText("tesfaye.bekele", "Tesfaye Bekele", "Nairobi", "Water", "Regional Manager, Horn of Africa", 5),
    PersonText("grace.nakato", "Grace Nakato", "Nairobi", "Finance", "Finance Manager", 4),
    PersonText("kelvin.njoroge", "Kelvin Njoroge", "Nairobi", "Digital", "Field Systems Engineer", 2),
    PersonText("zainab.mwinyi", "Zainab Mwinyi", "Nairobi", "Supply", "Logistics Lead, Mombasa", 4),
    PersonText("peter.lokwang", "Peter Lokwang", "Nairobi", "Grid", "Graduate Engineer, Lines", 1),
    PersonText("chidinma.eze", "Chidinma Eze", "Nairobi", "People", "Learning Partner", 3),
    PersonText("joseph.mwakio", "Joseph Mwakio", "Nairobi", "Ports", "Workshop Lead, Mombasa", 4),
    PersonText("aisha.warsame", "Aisha Warsame", "Nairobi", "Customer Desk", "Service Desk Analyst", 2),
    PersonText("elise.gagnon", "Élise Gagnon", "Montréal", "Grid", "Team Lead, Turbine Service", 4),
    PersonText(
        "marc.antoine.belanger", "Marc-Antoine Bélanger", "Montréal", "Engineering", "Turbine Engineer", 3
    ),
    PersonText("naledi.dube", "Naledi Dube", "Montréal", "Digital", "UX Researcher", 3),
    PersonText(
        "xavier.lachapelle", "Xavier Lachapelle", "Montréal", "Quality and Safety", "Environmental Adviser", 3
    ),
    PersonText("sarah.whiteduck", "Sarah Whiteduck", "Montréal", "Water", "Community Liaison Lead", 4),
    PersonText("olivier.desrosiers", "Olivier Desrosiers", "Montréal", "Finance", "Contracts Manager", 4),
    PersonText("mei.lin.chow", "Mei-Lin Chow", "Montréal", "Engineering", "Graduate Engineer, Governors", 1),
    PersonText("rachid.benali", "Rachid Benali", "Montréal", "Grid", "Operations Engineer", 3),
    PersonText("anais.thibodeau", "Anaïs Thibodeau", "Montréal", "Sales", "Proposal Engineer", 2),
    PersonText(
        "camille.desjardins",
        "Camille Desjardins",
        "Montréal",
        "Customer Desk",
        "Service Adviser, Spare Parts",
        2,
    ),
)
