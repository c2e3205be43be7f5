"""Problems from files, solved without the database: what ``hansa timetable`` does. Front door: ``queries``."""
