alter table recon_difference add column earned_on date;
create index recon_difference_waiting on recon_difference (tenant_id, sheet_id, class)
    where status in ('Open', 'Disputed', 'Held') and class <> 'Matched';

-- What the difference was before, which earlier decision is taken back, and the rule that has decided by itself.
alter table recon_decision add column status_before varchar(12);
alter table recon_decision add column reverses integer;
alter table recon_decision add column rule_id uuid;

-- What finance lets a rule decide, from a day on. ended_on: the first day on which it does not hold any more.
create table recon_rule (
    tenant_id    integer      not null,
    id           uuid         not null,
    upstream_id  uuid         not null,
    kind         varchar(20)  not null,
    from_day     date         not null,
    threshold    bigint       not null,
    cap          bigint       not null,
    cutoff       integer      not null,
    set_at       bigint       not null,
    set_by       varchar(200) not null,
    ended_on     date,
    ended_at     bigint,
    ended_by     varchar(200),
    primary key (tenant_id, id)
);
create index recon_rule_upstream on recon_rule (tenant_id, upstream_id, kind, from_day);
