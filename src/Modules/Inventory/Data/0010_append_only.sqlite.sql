create trigger number_rule_no_update before update on number_rule begin select raise(abort, 'number_rule is append-only'); end;
create trigger number_rule_no_delete before delete on number_rule begin select raise(abort, 'number_rule is append-only'); end;
