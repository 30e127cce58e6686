-- The orders of a product in the sequence in which they were placed.
create index sales_order_product on sales_order (tenant_id, product_id, ordered_at, id);
