alter table tax_profile add column kind varchar(20) not null default 'Company';
alter table tax_profile add column name_id uuid;
alter table tax_profile add column id_number_id uuid;
update tax_profile set kind = method where method is not null;
alter table tax_profile drop column method;

-- The invoice that a company has given for its payout.
alter table payout add column invoice_no varchar(40);

-- What was withheld too much or too little in a month that is over.
create table tax_correction (
    tenant_id      integer      not null,
    id             uuid         not null,
    distributor_id uuid         not null,
    month          integer      not null,
    method         varchar(20)  not null,
    tax            bigint       not null,
    reason         varchar(200) not null,
    request_key    varchar(64)  not null,
    made_at        bigint       not null,
    made_by        varchar(200) not null,
    primary key (tenant_id, id),
    unique (tenant_id, distributor_id, request_key)
);
create index tax_correction_month on tax_correction (tenant_id, month);
create index payout_tax_month on payout (tenant_id, tax_month);
