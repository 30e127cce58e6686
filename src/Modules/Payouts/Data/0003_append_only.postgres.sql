create trigger payout_policy_append_only before update or delete on payout_policy for each statement execute function refuse_change();
create trigger payout_batch_line_append_only before update or delete on payout_batch_line for each statement execute function refuse_change();
create trigger payout_result_file_append_only before update or delete on payout_result_file for each statement execute function refuse_change();
create trigger payout_result_line_append_only before update or delete on payout_result_line for each statement execute function refuse_change();
