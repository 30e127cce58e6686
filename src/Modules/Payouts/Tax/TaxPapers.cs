using HaoSuan.Distributors;

namespace HaoSuan.Payouts;

/// <summary>What is filed and handed out: the month's return, the report of identities and incomes, a distributor's certificate.</summary>
public sealed class TaxPapers(TaxRecords records, Tree tree, TenantScope tenant, TimeProvider time)
{
    /// <summary>The month's withholding return (扣缴申报): each person's figures as the law counts them, and what was withheld and corrected.</summary>
    public async Task<Paper> ReturnAsync(Month month, CancellationToken cancel = default)
    {
        var months = (await records.MonthAsync(month, cancel)).Where(m => m.Law is not null).ToList();
        List<(TaxedMonth Month, string Name, string? IdNumber)> rows = [];
        foreach (var m in months)
        {
            var (name, number) = await records.IdentityAsync(m.DistributorId, month, "withholding return", cancel);
            rows.Add((m, name ?? (await tree.FindAsync(m.DistributorId, cancel))?.Name ?? "", number));
        }
        return new(
            $"{month.Year} 年 {month.OfYear} 月个人所得税扣缴申报", "", [("所得月份", month), ("所得项目", "劳务报酬"), ("人数", rows.Count), ("制表时间", time.Now)],
            [
                PaperTable.Of("扣缴明细", rows, "本月没有代扣",
                [
                    ("姓名", r => r.Name, null), ("身份证件类型", r => r.IdNumber is null ? null : "居民身份证", null), ("身份证件号码", r => r.IdNumber, null),
                    ("预扣方法", r => PayoutWords.Of(r.Month.Kind), null), ("本月收入", r => r.Month.Income, Sum(months, m => m.Income)),
                    ("计税收入", r => r.Month.Law!.Income, null), ("费用", r => r.Month.Law!.Cost, null), ("免税收入", r => r.Month.Law!.Exempt, null),
                    ("减除费用", r => r.Month.Law!.Deduction, null), ("其他扣除", r => r.Month.Law!.Other, null),
                    ("应纳税所得额", r => r.Month.Law!.Taxable, null), ("预扣率", r => $"{r.Month.Law!.Rate}", null), ("速算扣除数", r => r.Month.Law!.Quick, null),
                    ("应纳税额", r => r.Month.Law!.Due, null), ("减免税额", r => r.Month.Law!.Relief, null), ("此前已预扣", r => r.Month.Law!.Before, null),
                    ("本月应预扣", r => r.Month.Law!.Tax, Sum(months, m => m.Law!.Tax)), ("本月已预扣", r => r.Month.Withheld, Sum(months, m => m.Withheld)),
                    ("更正", r => r.Month.Corrected, Sum(months, m => m.Corrected)), ("多扣（-）少扣（+）", r => r.Month.Missing, Sum(months, m => m.Missing)),
                ]),
            ]);
    }

    /// <summary>
    /// Identities and incomes of everybody who was paid in a quarter (涉税信息报送, 国务院令810号, 国家税务总局公告2025年第15号), whoever withholds.
    /// </summary>
    public async Task<Paper> IncomesAsync(int year, int quarter, CancellationToken cancel = default)
    {
        var first = new Month(year, (quarter * 3) - 2);
        List<TaxedMonth> months = [];
        for (var i = 0; i < 3; i++) months.AddRange(await records.MonthAsync(first + i, cancel));
        List<(string Name, string? IdNumber, TaxKind Kind, int Count, Money Income, Money Fee, Money Tax)> rows = [];
        foreach (var of in months.GroupBy(m => m.DistributorId))
        {
            var (name, number) = await records.IdentityAsync(of.Key, first + 2, "income report", cancel);
            rows.Add((name ?? (await tree.FindAsync(of.Key, cancel))?.Name ?? "", number, of.Last().Kind, of.Sum(m => m.Count), Sum(of, m => m.Income),
                Sum(of, m => m.Fee), Sum(of, m => m.Tax)));
        }
        return new(
            $"{year} 年第 {quarter} 季度平台内从业人员身份和收入信息", "", [("起", first), ("止", first + 2), ("人数", rows.Count), ("制表时间", time.Now)],
            [
                PaperTable.Of("身份和收入", rows, "本季度没有付款",
                [
                    ("姓名或名称", r => r.Name, null), ("证件号码或统一社会信用代码", r => r.IdNumber, null), ("计税方式", r => PayoutWords.Of(r.Kind), null),
                    ("付款笔数", r => r.Count, null), ("收入总额", r => r.Income, rows.Aggregate(Money.Zero, (sum, r) => sum + r.Income)),
                    ("平台收取的手续费", r => r.Fee, rows.Aggregate(Money.Zero, (sum, r) => sum + r.Fee)),
                    ("代扣个税", r => r.Tax, rows.Aggregate(Money.Zero, (sum, r) => sum + r.Tax)),
                ]),
            ]);
    }

    /// <summary>What was withheld from a distributor in a year, for himself: not the tax bureau's own certificate, and it says so.</summary>
    public async Task<Paper> CertificateAsync(DistributorId distributor, int year, CancellationToken cancel = default)
    {
        var months = await records.YearAsync(distributor, year, cancel);
        return new(
            $"{year} 年代扣个人所得税凭据", (await tree.FindAsync(distributor, cancel))?.Name ?? "",
            [("年度", year.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("制表日期", tenant.Zone.DateOf(time.Now)),
             ("说明", "由扣缴义务人依账簿开具，供核对和年度汇算参考；完税证明请在个人所得税 App 开具。")],
            [
                PaperTable.Of("按月", months, "本年没有付款",
                [
                    ("所得月份", m => m.Month, null), ("收入", m => m.Income, months.Aggregate(Money.Zero, (sum, m) => sum + m.Income)),
                    ("代扣个税", m => m.Tax, months.Aggregate(Money.Zero, (sum, m) => sum + m.Tax)),
                ]),
            ]);
    }

    private static Money Sum(IEnumerable<TaxedMonth> months, Func<TaxedMonth, Money> amount) =>
        months.Aggregate(Money.Zero, (sum, m) => sum + amount(m));
}
