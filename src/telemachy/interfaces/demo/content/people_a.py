"""The people of Norrvane, first half."""

from telemachy.interfaces.demo.content.shapes import PersonText

PEOPLE = (
    PersonText("ines.valadares", "Inês Valadares", "Lisbon", "Ports", "Service Team Lead, Cranes", 4),
    PersonText("ruth.brandt.adeyemi", "Ruth Brandt-Adeyemi", "Hamburg", "Water", "Director of Delivery", 6),
    PersonText(
        "marguerite.tremblay.roy",
        "Marguerite Tremblay-Roy",
        "Montréal",
        "People",
        "Head of Development Programmes",
        5,
    ),
    PersonText("samuel.barasa", "Samuel Barasa", "Nairobi", "People", "Internal Coach", 5),
    PersonText(
        "jonas.petersen", "Jonas Petersen", "Hamburg", "Digital", "Workplace Systems Administrator", 4
    ),
    PersonText("aarav.deshpande", "Aarav Deshpande", "Pune", "Grid", "Graduate Engineer, Protection", 1),
    PersonText("duarte.pimentel", "Duarte Pimentel", "Lisbon", "Ports", "Country Manager Portugal", 6),
    PersonText("marta.sequeira", "Marta Sequeira", "Lisbon", "Ports", "Foreman, Overhaul", 3),
    PersonText("henrike.stahmer", "Henrike Stahmer", "Hamburg", "Board", "Chief Executive", 7),
    PersonText("vikram.kulkarni", "Vikram Kulkarni", "Pune", "Engineering", "Head of Control Systems", 6),
    PersonText(
        "luciana.prado.tavares", "Luciana Prado Tavares", "Santos", "Ports", "Director, South America", 6
    ),
    PersonText(
        "jean.baptiste.ouellet", "Jean-Baptiste Ouellet", "Montréal", "Grid", "Director, Hydro Services", 6
    ),
    PersonText("achieng.odhiambo", "Achieng Odhiambo", "Nairobi", "Grid", "Director, East Africa", 6),
    PersonText(
        "friedrich.osterkamp", "Friedrich Osterkamp", "Hamburg", "Finance", "Chief Financial Officer", 7
    ),
    PersonText("sunita.bhagwat", "Sunita Bhagwat", "Pune", "Digital", "Vice President, Digital Products", 6),
    PersonText("tomas.caldeira", "Tomás Caldeira", "Lisbon", "Sales", "Commercial Director, Ports", 6),
    PersonText("karin.moelders", "Karin Mölders", "Hamburg", "Quality and Safety", "Head of Safety", 5),
    PersonText(
        "ewa.jankowska", "Ewa Jankowska", "Hamburg", "Engineering", "Principal Engineer, Hydraulics", 5
    ),
    PersonText("matthias.reincke", "Matthias Reincke", "Hamburg", "Ports", "Regional Manager, North Sea", 5),
    PersonText("guel.demirtas", "Gül Demirtaş", "Hamburg", "Supply", "Head of Purchasing", 5),
    PersonText("oluwaseun.adeleke", "Oluwaseun Adeleke", "Hamburg", "Water", "Programme Manager, Wells", 5),
    PersonText("brigitte.hansmann", "Brigitte Hansmann", "Hamburg", "People", "Labour Relations Lead", 5),
    PersonText("thorsten.ihde", "Thorsten Ihde", "Hamburg", "Grid", "Site Manager, Brunsbüttel", 4),
    PersonText("amelie.kuhnert", "Amelie Kuhnert", "Hamburg", "Water", "Project Engineer", 3),
    PersonText("can.yildirim", "Can Yıldırım", "Hamburg", "Digital", "Data Analyst, Fleet", 2),
    PersonText(
        "lea.sophie.brodersen", "Lea Sophie Brodersen", "Hamburg", "Engineering", "Design Engineer", 2
    ),
    PersonText("mirko.stanic", "Mirko Stanić", "Hamburg", "Ports", "Commissioning Lead", 4),
    PersonText(
        "philipp.andresen", "Philipp Andresen", "Hamburg", "Grid", "Graduate Engineer, Substations", 1
    ),
    PersonText("noor.rahimi", "Noor Rahimi", "Hamburg", "Water", "Graduate Engineer, Treatment", 1),
    PersonText("svenja.lorenzen", "Svenja Lorenzen", "Hamburg", "Finance", "Project Controller", 3),
    PersonText("kwame.asante.boateng", "Kwame Asante-Boateng", "Hamburg", "Ports", "Crane Electrician", 2),
    PersonText("paulina.wrobel", "Paulina Wróbel", "Hamburg", "Quality and Safety", "Auditor", 3),
    PersonText(
        "henning.claassen", "Henning Claassen", "Hamburg", "Sales", "Key Account Manager, Utilities", 4
    ),
    PersonText("fatima.el.amrani", "Fatima El Amrani", "Hamburg", "Digital", "Product Owner, Work Orders", 3),
    PersonText("lukas.wehmeyer", "Lukas Wehmeyer", "Hamburg", "Supply", "Buyer, Castings", 2),
    PersonText("ida.marquardt", "Ida Marquardt", "Hamburg", "People", "Learning Designer", 3),
    PersonText("bao.nguyen", "Bao Nguyen", "Hamburg", "Engineering", "Simulation Engineer", 3),
    PersonText(
        "tessa.vollmer", "Tessa Vollmer", "Hamburg", "Customer Desk", "Desk Lead, Refunds and Returns", 4
    ),
    PersonText("joern.albers", "Jörn Albers", "Hamburg", "Water", "Team Lead, Pump Workshop", 4),
    PersonText("katharina.wolski", "Katharina Wolski", "Hamburg", "Grid", "Team Lead, Protection", 4),
    PersonText("emre.aksoy", "Emre Aksoy", "Hamburg", "Digital", "Software Engineer, Gateways", 3),
    PersonText("sigrid.thomsen", "Sigrid Thomsen", "Hamburg", "Ports", "Head of Crane Operations", 5),
    PersonText("rui.fontes", "Rui Fontes", "Lisbon", "Ports", "Senior Crane Technician", 3),
    PersonText("fernando.baptista", "Fernando Baptista", "Lisbon", "Ports", "Drive Specialist", 4),
    PersonText("nuno.salgueiro", "Nuno Salgueiro", "Lisbon", "Ports", "Rope Access Technician", 2),
    PersonText("catarina.meireles", "Catarina Meireles", "Lisbon", "Water", "Regional Manager, Tagus", 5),
    PersonText("joana.viana", "Joana Viana", "Lisbon", "Engineering", "Automation Engineer", 3),
    PersonText("miguel.angelo.rebelo", "Miguel Ângelo Rebelo", "Lisbon", "Grid", "Site Manager, Sines", 4),
    PersonText("beatriz.lacerda", "Beatriz Lacerda", "Lisbon", "Customer Desk", "Customer Advisor", 2),
    PersonText("adebayo.fashola", "Adebayo Fashola", "Lisbon", "Digital", "Platform Engineer", 3),
    PersonText("sofia.cabral", "Sofia Cabral", "Lisbon", "Water", "Graduate Engineer, Networks", 1),
    PersonText("tiago.brandao", "Tiago Brandão", "Lisbon", "Ports", "Team Lead, Setúbal", 4),
    PersonText("leonor.quintela", "Leonor Quintela", "Lisbon", "Finance", "Site Controller", 3),
    PersonText("marco.antunes", "Marco Antunes", "Lisbon", "Supply", "Warehouse Lead", 3),
    PersonText("yara.domingos", "Yara Domingos", "Lisbon", "People", "People Partner", 4),
    PersonText("rafael.nogueira", "Rafael Nogueira", "Lisbon", "Sales", "Bid Manager", 4),
    PersonText("olga.sitnikova", "Olga Sitnikova", "Lisbon", "Engineering", "Structural Engineer", 4),
    PersonText("pedro.lindoso", "Pedro Lindoso", "Lisbon", "Quality and Safety", "Safety Adviser, Ports", 3),
    PersonText("teresa.morgado", "Teresa Morgado", "Lisbon", "Ports", "Operations Director, Leixões", 6),
    PersonText("goncalo.saraiva", "Gonçalo Saraiva", "Lisbon", "Grid", "Graduate Engineer, Metering", 1),
)
