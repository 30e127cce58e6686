create trigger payout_policy_no_update before update on payout_policy begin select raise(abort, 'payout_policy is append-only'); end;
create trigger payout_policy_no_delete before delete on payout_policy begin select raise(abort, 'payout_policy is append-only'); end;
create trigger payout_batch_line_no_update before update on payout_batch_line begin select raise(abort, 'payout_batch_line is append-only'); end;
create trigger payout_batch_line_no_delete before delete on payout_batch_line begin select raise(abort, 'payout_batch_line is append-only'); end;
create trigger payout_result_file_no_update before update on payout_result_file begin select raise(abort, 'payout_result_file is append-only'); end;
create trigger payout_result_file_no_delete before delete on payout_result_file begin select raise(abort, 'payout_result_file is append-only'); end;
create trigger payout_result_line_no_update before update on payout_result_line begin select raise(abort, 'payout_result_line is append-only'); end;
create trigger payout_result_line_no_delete before delete on payout_result_line begin select raise(abort, 'payout_result_line is append-only'); end;
