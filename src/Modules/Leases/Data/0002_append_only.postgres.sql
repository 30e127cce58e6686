create trigger device_move_append_only before update or delete or truncate on device_move for each statement execute function refuse_change();
create trigger lease_step_append_only before update or delete or truncate on lease_step for each statement execute function refuse_change();
