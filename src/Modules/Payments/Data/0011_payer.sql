-- A payment inside WeChat is for one payer: the keyed hash of who it is.
alter table payment add column payer_hash varchar(64);
