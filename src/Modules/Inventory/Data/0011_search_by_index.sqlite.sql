-- Trying numbers one after another reads nothing but the index. Where a computed column is asked for, SQLite believes that all columns are:
-- an index serves alone only if it has them all. By its condition it serves that alone: else it would be read from end to end for few numbers.
drop index pool_number_shuffle;
create index pool_number_shuffle on pool_number (tenant_id, product_id, shuffle, number, supplement, pattern, holder, held_until, order_id,
    from1, from2, from3, from4, from5, from6, from7, from8) where order_id is null and shuffle >= 0;
