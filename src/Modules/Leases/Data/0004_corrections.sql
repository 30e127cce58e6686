-- What finance has taken off a bill since it was issued.
alter table lease_bill add column corrected bigint not null default 0;
