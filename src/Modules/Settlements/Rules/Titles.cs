using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>The words for roles and states.</summary>
internal static class Titles
{
    public static string Of(Role role) => role switch
    {
        Role.Sale => "销售佣金",
        Role.Spread => "级差佣金",
        Role.Peer => "平级奖",
        Role.Penalty => "违约扣款",
        Role.Bonus => "阶梯奖励",
    };

    /// <summary>What a line is for: 激活 · 销售佣金.</summary>
    public static string Of(CommissionLine line) => line.Role switch
    {
        Role.Bonus => $"{line.Instance} {Of(line.Role)}（{line.Stage}）",
        Role.Penalty => Of(line.Role),
        Role.Sale or Role.Spread or Role.Peer => $"{line.Stage} · {Of(line.Role)}{(line.Amount < Money.Zero ? " 扣回" : "")}",
    };

    /// <summary>That a line belongs to a closed month: 补记 2026-09, or 冲减 2026-09 where it takes back.</summary>
    public static string Late(Month? month, Money amount) =>
        month is { } closed ? $"{(amount < Money.Zero ? "冲减" : "补记")} {closed}" : "";

    /// <summary>What an entry is about: 提现到账 PO261124….</summary>
    public static string Of(PostedEntry entry) => entry.Kind switch
    {
        JournalEntries.Settle => $"订单 {entry.Memo} 结算",
        JournalEntries.Bonus => $"{entry.Memo} 阶梯奖励",
        "payment" => $"收款 {entry.Memo}",
        "refund-decided" => $"决定退款 {entry.Memo}",
        "refund-replaced" => $"未退成，重新退款 {entry.Memo}",
        "refund" => $"退款到账 {entry.Memo}",
        "payout-requested" => $"申请提现 {entry.Memo}",
        "payout-paid" => $"提现到账 {entry.Memo}",
        "payout-returned" => $"提现退回 {entry.Memo}",
        "tax-corrected" => $"更正 {entry.Memo} 代扣个税",
        _ => entry.Memo,
    };

    public static string Of(SettlementState state) => state switch
    {
        SettlementState.None => "未结算",
        SettlementState.Pending => "待结算",
        SettlementState.Settled => "已结算",
        SettlementState.TakenBack => "已扣回",
        SettlementState.Refused => "结算失败",
    };
}
