-- Who may order a product: one list of rules, of which each change is a version. The fields that a product had for it become its first.
alter table product add column kind varchar(20) not null default 'TrafficCard';
update product set kind = case when picks_number then 'PremiumNumber' when price > 0 then 'PricedCard' else 'TrafficCard' end;

create table eligibility (
    tenant_id   integer     not null,
    product_id  uuid        not null,
    version     integer     not null,
    rules       text        not null,
    at          bigint      not null,
    actor       varchar(80) not null,
    primary key (tenant_id, product_id, version),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
);

insert into eligibility (tenant_id, product_id, version, rules, at, actor)
select tenant_id, id, 1,
    '[{"rule":"age","min":' || min_age || ',"max":' || max_age || '}'
    || case when excluded_provinces = '' then '' else
        ',{"rule":"delivery","only":false,"regions":[{"province":"' || replace(excluded_provinces, ',', '"},{"province":"') || '"}]}'
        || ',{"rule":"id_region","only":false,"codes":["' || replace(excluded_provinces, ',', '","') || '"]}' end
    || ',{"rule":"live_cards","most":5}'
    || case when window_days = 0 then '' else
        ',{"rule":"repeat","by":"id_number","scope":"carrier","most":1,"days":' || window_days || '}' end
    || ',{"rule":"blacklist"}]',
    created_at, 'system'
from product;

alter table product drop column min_age;
alter table product drop column max_age;
alter table product drop column excluded_provinces;
alter table product drop column window_days;

create trigger eligibility_no_update before update on eligibility begin select raise(abort, 'eligibility is append-only'); end;
create trigger eligibility_no_delete before delete on eligibility begin select raise(abort, 'eligibility is append-only'); end;
