-- How the old card of an after-sale comes back, as its consumer has told.
alter table after_sale add column parcel_back varchar(80);
