-- A rule that ends those of its scope: the next wider one is in force again.
alter table number_rule add column lifts boolean not null default false;
