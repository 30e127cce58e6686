-- What the order's number costs and binds to, as the consumer has read and accepted it.
alter table sales_order add column number_terms text;
