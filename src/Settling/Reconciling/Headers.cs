using System.Runtime.InteropServices;

namespace HaoSuan.Settling.Reconciling;

/// <summary>What the header of a column says about it. Of several columns for one field the lowest rank is taken.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Heading(Field Field, int Rank, AmountUnit Unit);

/// <summary>The words that upstreams write over their columns.</summary>
internal static class Headers
{
    private const int Exact = 0;            // + the place in the list of synonyms, the surest first
    private const int ByPart = 1_000;       // only a part of the header tells

    private static readonly Dictionary<Field, string> Synonyms = new()
    {
        [Field.Order] = """
            外部订单编号 外部订单号 外部单号 外部编号 第三方订单号 第三方订单编号 三方订单号 渠道订单号 渠道订单编号 渠道单号 商户订单号 商户单号 商家订单号
            合作方订单号 合作方单号 合作伙伴订单号 合作商订单号 代理商订单号 代理订单号 分销订单号 分销商订单号 推广订单号 来源订单号 客户订单号 我方订单号
            商户订单编号 合作订单号 第三方单号 外部流水号 渠道流水号 订单流水号
            OUTTRADENO OUTORDERNO OUTORDERID EXTERNALORDERNO EXTERNALORDERID CHANNELORDERNO CHANNELORDERID
            订单号 订单编号 订单号码 订单ID 业务订单号 平台订单号 平台订单编号 订单 单号 ORDERNO ORDERID ORDERNUMBER ORDER
            """,
        [Field.Iccid] = """
            ICCID ICCID号 ICCID号码 ICCID卡号 卡ICCID 卡串号 SIM卡串号 SIM卡号 SIM卡ICCID SIM卡 SIM USIM卡号 UIM卡号 UIM卡串号 白卡号 白卡卡号 卡序列号
            集成电路卡识别码 卡识别码 IC卡号 串号 串码 卡号
            """,
        [Field.Phone] = """
            手机号 手机号码 业务号码 用户号码 服务号码 号码 入网号码 开户号码 办理号码 激活号码 受理号码 新号码 计费号码 主号码 主卡号码 用户手机号 用户手机号码
            入网手机号 办理手机号 开卡号码 订购号码 移动号码 联通号码 电信号码 广电号码 接入号 接入号码 设备号 设备号码 电话号码 电话 手机 号卡号码 客户号码
            服务号 用户号 产品号码 号码信息 脱敏号码 SERIALNUMBER BILLID MDN ACCNBR MSISDN PHONE PHONENO PHONENUMBER MOBILE MOBILENO TEL
            """,
        [Field.Product] = """
            产品 产品名称 套餐 套餐名称 商品 商品名称 产品套餐 套餐产品 销售品 销售品名称 主套餐 主套餐名称 资费 资费名称 主资费 主资费名称 资费套餐 套餐资费
            所属产品 号卡产品 PRODUCT PRODUCTNAME PLAN PLANNAME
            """,
        [Field.Activated] = """
            激活时间 激活日期 首次激活时间 首次激活日期 号码激活时间 卡激活时间 入网时间 入网日期 开户时间 开户日期 开卡时间 开卡日期 开通时间 开通日期
            开户激活时间 竣工时间 竣工日期 生效时间 办理时间 办理日期 受理时间 受理日期 ACTIVATEDAT ACTIVATED ACTIVATIONDATE ACTIVATIONTIME
            ACTIVEDATE ACTIVETIME OPENDATE 激活 首次激活 入网 开户 开卡
            """,
        [Field.Status] = """
            号码状态 用户状态 在网状态 用户在网状态 号卡状态 卡状态 业务状态 服务状态 客户状态 状态 当前状态 最新状态 用户当前状态 STATUS STATE 订单状态
            """,
        [Field.Period] = """
            账期 帐期 结算账期 结算帐期 佣金账期 酬金账期 结算月份 结算月 结算周期 归属账期 归属月份 归属月 计酬月份 计酬月 酬金月份 佣金月份 佣金月 出账月
            账务月 账务周期 计费月 账单月 所属账期 所属月份 业务月份 月份 PERIOD SETTLEMONTH BILLINGMONTH MONTH
            """,
        [Field.Stage] = "结算阶段 佣金阶段 酬金阶段 返佣阶段 阶段 佣金期次 酬金期次 结算期次 期次 期数 STAGE",
    };

    private const string Paid = """
        本期佣金 本期酬金 本期结算金额 本月佣金 本月酬金 本次结算金额 本次佣金 实结佣金 实结酬金 实结金额 实际结算金额 实际佣金 实际酬金 实发佣金 实发酬金 实发金额
        实付佣金 实付金额 结算佣金 结算酬金 结算金额 结算费用 结算款 佣金金额 酬金金额 佣金 酬金 代理费 代办费 发展佣金 发展酬金 渠道佣金 渠道酬金 返佣金额 返佣
        返点金额 奖励金额 服务费 含税佣金 含税酬金 税后佣金 税后酬金 结算额 本期结算 本月结算 结算 实结 实发 实付
        """;

    private const string Due = "应结佣金 应结酬金 应结金额 应结算金额 应收佣金 应收酬金 应收金额 应付佣金 应付酬金 应付金额 应发佣金 预期佣金 预计佣金 预估佣金 应结 应发 应付 应收";

    private const string Any = "金额 费用 金额合计 COMMISSION SETTLEMENTAMOUNT EXPECTED AMOUNT";

    private static readonly Dictionary<string, (Field Field, int Rank)> OfTheirs = Index(Paid + " " + Due + " " + Any);
    private static readonly Dictionary<string, (Field Field, int Rank)> OfOurs = Index(Due + " " + Paid + " " + Any);

    // What a header must contain, and what it must not, for the field to be guessed from a part of it.
    private static readonly (Field Field, string[] One, string[] None)[] Parts =
    [
        (Field.Amount, ["佣金", "酬金", "结算金额", "结算费"],
            ["状态", "时间", "日期", "月份", "账期", "比例", "率", "类", "规则", "政策", "编", "名称", "阶段", "期次", "税额", "税金", "备注", "说明", "方式", "批次",
                "号", "次数", "标准", "单价", "扣", "调整", "差额", "上月", "累计", "历史", "是否"]),
        (Field.Order, ["订单号", "订单编"], ["上游", "运营商", "物流", "快递"]),
        (Field.Iccid, ["ICCID", "卡串号", "SIM卡号"], ["原", "旧"]),
        (Field.Phone, ["手机号", "号码"], ["身份", "证件", "联系", "收货", "收件", "状态", "归属", "类", "等级", "原", "旧", "推荐", "代理", "工号", "发展人"]),
        (Field.Product, ["套餐", "产品", "商品", "资费"], ["编", "ID", "类", "金额", "价", "时间", "日期", "状态", "月"]),
        (Field.Activated, ["激活时", "激活日", "入网时", "入网日", "开户时", "开户日", "开通时", "开通日", "开卡时", "开卡日"], []),
        (Field.Status, ["状态"], ["结算", "订单", "物流", "审核", "支付", "实名", "充值", "首充", "佣金", "酬金", "发货"]),
        (Field.Period, ["账期", "帐期", "结算月"], ["类"]),
    ];

    public static Heading? Read(string? cell, Side side)
    {
        var (whole, inner, outer) = Split(cell);
        var unit = inner is "分" or "单位:分" ? AmountUnit.Fen : AmountUnit.Yuan;
        var known = side == Side.Ours ? OfOurs : OfTheirs;
        foreach (var text in (ReadOnlySpan<string>)[whole, inner, outer])
        {
            if (known.TryGetValue(text, out var found)) return new(found.Field, found.Rank, unit);
        }
        foreach (var (field, one, none) in Parts)
        {
            if (Contains(outer, one) && !Contains(outer, none)) return new(field, ByPart, unit);
        }
        return null;
    }

    /// <summary>A header for comparison: folded, upper case, without blanks and marks.</summary>
    public static string Plain(string? cell)
    {
        Span<char> folded = stackalloc char[Folding.Usual], plain = stackalloc char[Folding.Usual];
        return Folding.Without(Folding.Fold(cell, folded), " _-*#:：\"'.", plain).ToString().ToUpperInvariant();
    }

    /// <summary>卡号(ICCID) is 卡号ICCID, ICCID and 卡号: the words in the brackets are the more precise ones.</summary>
    private static (string Whole, string Inner, string Outer) Split(string? cell)
    {
        var text = Plain(cell).Replace('[', '(').Replace(']', ')').Replace('【', '(').Replace('】', ')');
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.IndexOf(')', StringComparison.Ordinal);
        if (open < 0 || close < open) return (text, "", text);
        var inner = text[(open + 1)..close];
        var outer = text[..open] + text[(close + 1)..];
        return (outer + inner, inner, outer);
    }

    private static bool Contains(string text, string[] parts) => Array.Exists(parts, part => text.Contains(part, StringComparison.Ordinal));

    private static Dictionary<string, (Field Field, int Rank)> Index(string amounts)
    {
        char[] blanks = [' ', '\n', '\r'];
        Dictionary<string, (Field, int)> index = new(StringComparer.Ordinal);
        foreach (var (field, words) in Synonyms.Append(new(Field.Amount, amounts)))
        {
            var rank = Exact;
            foreach (var word in words.Split(blanks, StringSplitOptions.RemoveEmptyEntries)) index.TryAdd(word, (field, rank++));
        }
        return index;
    }
}
