create table exception_case (
    tenant_id        integer      not null,
    id               uuid         not null,
    kind             varchar(80)  not null,
    key              varchar(200) not null,
    subject          varchar(80)  not null,
    href             varchar(300) not null,
    insertions       text         not null,
    amount           bigint       not null,
    since            bigint       not null,
    department       varchar(40)  not null,
    owner            varchar(200),
    state            varchar(20)  not null,
    is_found         boolean      not null,
    opened_at        bigint       not null,
    due_at           bigint       not null,
    closed_at        bigint,
    overdue_told_at  bigint,
    step_count       integer      not null,
    primary key (tenant_id, id),
    unique (tenant_id, kind, key)
);
create index exception_case_due on exception_case (tenant_id, state, due_at, id);
create index exception_case_found on exception_case (tenant_id, kind) where is_found;
create index exception_case_subject on exception_case (tenant_id, subject);
create index exception_case_closed on exception_case (tenant_id, closed_at);

-- The history of a case. Append-only.
create table exception_step (
    tenant_id      integer      not null,
    case_id        uuid         not null,
    number         integer      not null,
    step           varchar(20)  not null,
    actor          varchar(200) not null,
    at             bigint       not null,
    text           varchar(500) not null,
    to_department  varchar(40),
    to_person      varchar(200),
    request_key    varchar(64)  not null,
    primary key (tenant_id, case_id, number),
    unique (tenant_id, case_id, request_key),
    foreign key (tenant_id, case_id) references exception_case (tenant_id, id)
);

-- How far each comparison has come.
create table exception_comparison (
    tenant_id    integer      not null,
    name         varchar(200) not null,
    ran_at       bigint       not null,
    through_at   bigint,
    failed       boolean      not null,
    ended_early  boolean      not null,
    primary key (tenant_id, name)
);
