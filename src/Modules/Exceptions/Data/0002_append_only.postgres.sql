create trigger exception_step_append_only before update or delete or truncate on exception_step for each statement execute function refuse_change();
