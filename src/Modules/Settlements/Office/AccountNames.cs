using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>The names of accounts for people: 王五 · 可提现 instead of a code with an id.</summary>
public sealed class AccountNames
{
    private readonly Dictionary<string, string> _distributors;
    private readonly Dictionary<string, string> _upstreams;

    internal AccountNames(Dictionary<string, string> distributors, Dictionary<string, string> upstreams) =>
        (_distributors, _upstreams) = (distributors, upstreams);

    public string Of(Account account) => account.Code.Split(':') switch
    {
        ["asset", "bank"] => "银行存款",
        ["asset", "gateway", var channel] => $"支付渠道 · {ChannelOf(channel)}",
        ["asset", "upstream_receivable", var id] => $"应收上游 · {_upstreams.GetValueOrDefault(id, id)}",
        ["asset", "lease_receivable", _] => "应收租户",
        ["liability", "distributor", var id, var part] => $"{_distributors.GetValueOrDefault(id, id)} · {PartOf(part)}",
        ["liability", "customer", _, "refund"] => "应退消费者",
        ["liability", "deposit", _] => "押金",
        ["liability", "unapplied", _] => "待核销收款",
        ["liability", "tax_withheld"] => "代扣个税",
        ["income", "upstream_commission"] => "上游佣金收入",
        ["income", "card_sales"] => "售卡收入",
        ["income", "rental"] => "租金收入",
        ["income", "lease_penalty"] => "租赁违约金收入",
        ["income", "damage"] => "设备赔偿收入",
        ["income", "device_sales"] => "设备买断收入",
        ["income", "penalty"] => "违约金收入",
        ["income", "payout_fee"] => "提现手续费收入",
        ["expense", "commission"] => "佣金支出",
        ["expense", "gateway_fee"] => "渠道手续费",
        ["expense", "write_off"] => "核销",
        ["suspense", .. var name] => $"待处理 · {string.Join(':', name)}",
        _ => account.Code,
    };

    private static string PartOf(string part) => part switch
    {
        "pending" => "冻结",
        "available" => "可提现",
        "paying" => "提现中",
        _ => part,
    };

    private static string ChannelOf(string channel) => channel switch
    {
        "wechat" => "微信支付",
        "alipay" => "支付宝",
        _ => channel,
    };
}
