-- What was paid: so far always an order.
alter table payment add column purpose varchar(20) not null default 'Order';
