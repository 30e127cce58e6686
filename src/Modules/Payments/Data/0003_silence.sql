-- Since when the channel does not say how it stands, and when staff was told of it: once.
alter table payment add column silent_since bigint;
alter table payment add column silence_told_at bigint;
alter table refund add column silent_since bigint;
alter table refund add column silence_told_at bigint;
