alter table invoice add column seller_name varchar(100);
alter table invoice add column seller_tax_number varchar(20);
