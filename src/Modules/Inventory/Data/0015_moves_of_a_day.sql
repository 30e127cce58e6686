-- What has left the stock on a day.
create index card_move_at on card_move (tenant_id, at);
