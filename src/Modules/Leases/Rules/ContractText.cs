using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Leases;

/// <summary>The contract that a consumer accepts. It states everything that may be charged: what is not in it is not.</summary>
internal static class ContractText
{
    /// <summary>A paragraph for each line.</summary>
    public static string Of(string lessor, string device, LeaseTerms terms) => string.Join('\n',
        $"一、租赁物：{device}一台，以发货时登记的序列号为准。出租方为{lessor}，设备所有权归出租方；您买断后归您所有。",
        "二、只租设备，不租电话卡：电话卡和物联网卡不是租赁物，不随设备出租、出借或转让。设备中使用的卡由持卡人本人实名办理，始终登记在持卡人本人名下"
            + "（《反电信网络诈骗法》第三十一条：不得非法买卖、出租、出借电话卡）。",
        $"三、押金与首月租金：签约时支付押金 {YuanText.Of(terms.Deposit)} 和首月租金 {YuanText.Of(terms.MonthlyFee)}。发货前取消的，全部原路退回。",
        $"四、租期与月租：发货当日起租，月租 {YuanText.Of(terms.MonthlyFee)}；此后每月的同一日出账，当月没有该日的为当月最后一日。请在出账后 {terms.GraceDays} 天内支付。",
        terms.LateFee.IsZero
            ? "五、逾期：逾期不收滞纳金；出租方可以用押金抵扣欠付的账单。"
            : $"五、逾期：逾期的月租每期收取滞纳金 {YuanText.Of(terms.LateFee)}，不重复计收；出租方可以用押金抵扣欠付的账单。",
        $"六、最短租期：{terms.MinMonths} 个月。提前退租的，补足不满最短租期的月份租金；满最短租期后可随时退租，已开始的月份不退。",
        $"七、退还与检验：您申请退租后，设备须在 {LeaseLife.DaysToSend} 天内寄到，逾期视为继续租用，其间的月租补出账单。收到后出租方检验设备，"
            + (terms.Damages.Count == 0 ? "" : $"损坏按以下价目赔偿：{List(terms.Damages.Select(d => $"{d.Name} {YuanText.Of(d.Price)}"))}。")
            + "押金扣除应付款项后原路退回。",
        $"八、买断：您可以按租用时长买下设备：{List(terms.BuyOut.Select(b => $"第 {b.FromMonth} 个月起 {YuanText.Of(b.Price)}"))}。押金抵作买断款，多退少补。",
        "九、未归还或丢失：按当时的买断价赔偿，押金抵扣后不足的部分由您补足。");

    /// <summary>By it a form tells which contract it has shown.</summary>
    public static string MarkOf(string contract) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contract)));

    private static string List(IEnumerable<string> items) => string.Join("；", items);
}
