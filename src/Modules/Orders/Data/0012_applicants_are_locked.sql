drop table applicant;
