namespace HaoSuan.Leases;

/// <summary>What people call states, bills and steps.</summary>
internal static class LeaseWords
{
    public static string Of(LeaseState state) => state switch
    {
        LeaseState.AwaitingPayment => "待支付",
        LeaseState.ToShip => "待发货",
        LeaseState.Active => "租用中",
        LeaseState.Overdue => "逾期",
        LeaseState.Returning => "退还中",
        LeaseState.Inspecting => "待检验",
        LeaseState.BuyingOut => "买断待付",
        LeaseState.Owing => "待补款",
        LeaseState.Ended => "已结束",
        LeaseState.BoughtOut => "已买断",
        LeaseState.Cancelled => "已取消",
    };

    public static Tone ToneOf(LeaseState state) => state switch
    {
        LeaseState.AwaitingPayment or LeaseState.ToShip or LeaseState.BuyingOut => Tone.Info,
        LeaseState.Active or LeaseState.BoughtOut => Tone.Good,
        LeaseState.Overdue or LeaseState.Owing => Tone.Bad,
        LeaseState.Returning or LeaseState.Inspecting => Tone.Warn,
        LeaseState.Ended or LeaseState.Cancelled => Tone.Neutral,
    };

    public static string Of(DeviceState state) => state switch
    {
        DeviceState.InStock => "在库",
        DeviceState.Reserved => "已预占",
        DeviceState.Leased => "租出",
        DeviceState.Returned => "退回待检",
        DeviceState.Lost => "未归还或丢失",
        DeviceState.Sold => "已买断",
        DeviceState.Scrapped => "已报废",
    };

    public static Tone ToneOf(DeviceState state) => state switch
    {
        DeviceState.InStock => Tone.Good,
        DeviceState.Reserved or DeviceState.Leased => Tone.Info,
        DeviceState.Returned => Tone.Warn,
        DeviceState.Lost => Tone.Bad,
        DeviceState.Sold or DeviceState.Scrapped => Tone.Neutral,
    };

    public static string Of(LeaseBillKind kind) => kind switch
    {
        LeaseBillKind.First => "押金和首月租金",
        LeaseBillKind.Monthly => "月租",
        LeaseBillKind.LateFee => "滞纳金",
        LeaseBillKind.EarlyEnd => "提前退租",
        LeaseBillKind.Damage => "损坏赔偿",
        LeaseBillKind.Lost => "设备赔偿",
        LeaseBillKind.BuyOut => "买断",
    };

    public static string Of(LeaseBill bill) => bill.State switch
    {
        LeaseBillState.Open => bill.IsOverdue ? "逾期" : "待支付",
        LeaseBillState.Settled => "已结清",
        LeaseBillState.WrittenOff => "已核销",
        LeaseBillState.Lapsed => "已失效",
    };

    public static Tone ToneOf(LeaseBill bill) => bill.State switch
    {
        LeaseBillState.Open => bill.IsOverdue ? Tone.Bad : Tone.Warn,
        LeaseBillState.Settled => Tone.Good,
        LeaseBillState.WrittenOff or LeaseBillState.Lapsed => Tone.Neutral,
    };

    public static string Of(LeaseStep step) =>
        step is { Event: nameof(LeaseEvent.CalledOff), From: LeaseState.ToShip } ? "已取消，款项退回" : Steps[step.Event];

    public static string Days(LeaseBill bill) => bill is { From: { } from, Until: { } until } ? $"{from:yyyy-MM-dd} 至 {until:yyyy-MM-dd}" : "";

    private static readonly Dictionary<string, string> Steps = new(StringComparer.Ordinal)
    {
        ["Placed"] = "提交申请",
        [nameof(LeaseEvent.Paid)] = "已支付押金和首月租金",
        [nameof(LeaseEvent.PaymentLapsed)] = "未按时支付，已取消",
        [nameof(LeaseEvent.CalledOff)] = "已取消",
        [nameof(LeaseEvent.HandedOver)] = "设备已发出，起租",
        [nameof(LeaseEvent.FellOverdue)] = "账单逾期",
        [nameof(LeaseEvent.ArrearsCleared)] = "逾期账单已结清",
        [nameof(LeaseEvent.ReturnAnnounced)] = "申请退租",
        [nameof(LeaseEvent.ReturnWithdrawn)] = "撤回退租，继续租用",
        [nameof(LeaseEvent.ReturnLapsed)] = "未按时寄回，继续租用",
        [nameof(LeaseEvent.CameBack)] = "设备已退回，待检验",
        [nameof(LeaseEvent.Inspected)] = "检验完成",
        [nameof(LeaseEvent.DeclaredLost)] = "设备未归还，按买断价赔偿",
        [nameof(LeaseEvent.BuyOutAsked)] = "申请买断",
        [nameof(LeaseEvent.BuyOutWithdrawn)] = "撤回买断，继续租用",
        [nameof(LeaseEvent.BuyOutLapsed)] = "买断未支付，继续租用",
        [nameof(LeaseEvent.BuyOutPaid)] = "买断完成，设备归用户所有",
        [nameof(LeaseEvent.Settled)] = "欠款已结清",
        [LeaseBook.Corrected] = "账单已更正",
    };
}
