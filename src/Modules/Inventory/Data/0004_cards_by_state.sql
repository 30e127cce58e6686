-- Cards that are with an order and on their way, without those that have arrived for good.
create index card_state on card (tenant_id, state, iccid);
