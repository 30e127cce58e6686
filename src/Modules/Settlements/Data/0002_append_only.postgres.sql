create trigger settlement_line_append_only before update or delete or truncate on settlement_line
    for each statement execute function refuse_change();
