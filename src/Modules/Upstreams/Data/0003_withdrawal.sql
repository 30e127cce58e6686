-- The withdrawal that is open, by the name that its asker gave it.
alter table upstream_submission add column withdrawal varchar(40);
