-- Trying numbers one after another reads nothing but the index: what a search asks for and shows is in it. So that it stays so while numbers are
-- kept and given back, the table is vacuumed after some ten thousand changes instead of some hundred thousand.
drop index pool_number_shuffle;
drop index pool_number_pattern;
create index pool_number_shuffle on pool_number (tenant_id, product_id, shuffle, number) include (supplement, pattern, held_until) where order_id is null;
create index pool_number_pattern on pool_number (tenant_id, product_id, pattern, shuffle, number) include (supplement, held_until, order_id);
-- Which way to go is told by how many of these have the digits that are asked for: a hundred are too few to have any three.
alter table pool_number alter column number set statistics 1000;
alter table pool_number set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.02);
