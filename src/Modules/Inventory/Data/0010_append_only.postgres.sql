create trigger number_rule_append_only before update or delete on number_rule for each statement execute function refuse_change();
