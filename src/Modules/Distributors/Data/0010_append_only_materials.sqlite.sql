create trigger promotion_rules_no_update before update on promotion_rules begin select raise(abort, 'promotion_rules is append-only'); end;
create trigger promotion_rules_no_delete before delete on promotion_rules begin select raise(abort, 'promotion_rules is append-only'); end;
create trigger promotion_acceptance_no_update before update on promotion_acceptance begin select raise(abort, 'promotion_acceptance is append-only'); end;
create trigger promotion_acceptance_no_delete before delete on promotion_acceptance begin select raise(abort, 'promotion_acceptance is append-only'); end;
create trigger material_step_no_update before update on material_step begin select raise(abort, 'material_step is append-only'); end;
create trigger material_step_no_delete before delete on material_step begin select raise(abort, 'material_step is append-only'); end;
