using HaoSuan.Identity;
using HaoSuan.Leases;
using HaoSuan.Payments;

namespace HaoSuan.Tests.Web;

public sealed class LeasePagesTests(App app)
{
    private static int _models;
    private static int _people;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string, string)[] Terms(string code) =>
    [
        ("Code", code), ("Name", $"随身 WiFi {code}"), ("Summary", "10 小时续航"), ("MonthlyFee", "30"), ("Deposit", "100"), ("MinMonths", "3"), ("GraceDays", "5"),
        ("LateFee", ""), ("BuyOut", "1 150\n4 90"), ("Damages", "屏幕破裂 40\n缺适配器 15"), ("OnOffer", "true"),
    ];

    /// <summary>A model with devices, made on the office's pages; its code is part of the serial numbers.</summary>
    private async Task<string> Offer(Visitor office, int devices = 2)
    {
        var code = $"MF{Interlocked.Increment(ref _models)}";
        Assert.Equal("/office/device-models", (await office.Submit("/office/device-models/new", "/office/device-models/new", Terms(code))).Location);
        var page = await office.Open("/office/devices/receive");
        var model = page.Document.QuerySelectorAll("select[name=model] option").Single(o => o.TextContent.Contains($"（{code}）", StringComparison.Ordinal))
            .GetAttribute("value")!;
        var serials = string.Join('\n', Enumerable.Range(1, devices).Select(n => $"{code}-SN{n:000}"));
        Assert.Equal("/office/devices", (await office.Submit(page, "/office/devices/receive", ("model", model), ("serials", serials))).Location);
        return code;
    }

    /// <summary>The consumer's page of a lease that was placed in the shop.</summary>
    private async Task<string> Place(Shop shop, string code)
    {
        var page = $"{shop.Home}/devices/{code}";
        var sent = await app.Visit().Submit(page, page, [.. Shop.Form(700 + Interlocked.Increment(ref _people)), ("Channel", "wechat")]);
        Assert.EndsWith("/pay?bill=1&channel=wechat", sent.Location, StringComparison.Ordinal);
        return sent.Location!.Split("/pay")[0];
    }

    /// <summary>What a channel would bring about: no channel has keys in this installation.</summary>
    private async Task<LeaseDetail> Paid(string page)
    {
        var lease = (await app.With<LeaseList, LeaseDetail?>(l => l.FindByTokenAsync(page.Split('/')[^1], Cancel)))!;
        var bill = (await app.With<BillsToPay, BillToPay?>(b => b.FindAsync(lease.Lease.Id, 1, Cancel)))!;
        await app.With<IServiceProvider, Done>(async services =>
        {
            var now = Instant.From(TimeProvider.System.GetUtcNow());
            var arrived = new PaymentSucceeded(bill.Id, NewId.Of<PaymentId>(TimeProvider.System), bill.Amount, "wechat", now, PaymentFor.Lease);
            await services.GetRequiredService<Db>().InTransaction(
                () =>
                {
                    services.GetRequiredService<Outbox>().Publish(arrived);
                    return Task.CompletedTask;
                }, Cancel);
            return default;
        });
        await app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);
        return lease;
    }

    [Fact]
    public async Task A_model_with_faults_comes_back_with_each_at_its_field_and_a_sheet_with_a_bad_line_is_not_booked()
    {
        var office = await app.VisitAs("operations");
        var bad = await office.Submit("/office/device-models/new", "/office/device-models/new", ("Code", "!"), ("Name", "WiFi"), ("BuyOut", "2 100"));
        Assert.Equal(422, bad.Status);
        Assert.All(new[] { "Code", "MonthlyFee", "Deposit", "BuyOut" }, field => Assert.NotNull(bad.ErrorOf(field)));
        Assert.Equal("WiFi", bad.Document.QuerySelector("#field-Name")!.GetAttribute("value"));

        var code = await Offer(office, 1);
        var page = await office.Open("/office/devices/receive");
        var model = page.Document.QuerySelectorAll("select[name=model] option").Single(o => o.TextContent.Contains($"（{code}）", StringComparison.Ordinal));
        var sheet = await office.Upload(
            "/office/devices/receive", "file", "devices.csv", "型号,序列号\nA,NEW-00001\nA,设备\n"u8.ToArray(), ("model", model.GetAttribute("value")!));
        Assert.Equal(422, sheet.Status);
        Assert.StartsWith("第 3 行：设备 不是序列号", sheet.ErrorOf("serials"), StringComparison.Ordinal);
        Assert.Equal(404, (await office.Open("/office/devices/NEW-00001")).Status);
        Assert.Contains("在库", (await office.Open($"/office/devices/{code}-SN001")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shop_leads_to_devices_whose_contract_says_that_no_card_is_leased()
    {
        var (shop, office) = (await Shop.OpenAsync(app), await app.VisitAs("operations"));
        var code = await Offer(office);

        Assert.Contains($"{shop.Home}/devices", (await app.Visit().Open(shop.Home)).Text, StringComparison.Ordinal);
        Assert.Contains($"随身 WiFi {code}", (await app.Visit().Open($"{shop.Home}/devices")).Words, StringComparison.Ordinal);
        var page = await app.Visit().Open($"{shop.Home}/devices/{code}");
        Assert.Contains("电话卡和物联网卡不是租赁物", page.Words, StringComparison.Ordinal);
        Assert.Contains("￥130.00", page.Words, StringComparison.Ordinal);
        Assert.Equal(404, (await app.Visit().Open($"{shop.Home}/devices/NOTHING")).Status);
    }

    [Fact]
    public async Task A_bad_form_comes_back_and_who_is_not_of_age_leases_nothing()
    {
        var shop = await Shop.OpenAsync(app);
        var code = await Offer(await app.VisitAs("operations"));
        var path = $"{shop.Home}/devices/{code}";
        var digits = "44010620150307001";

        var page = await app.Visit().Submit(
            path, path, [.. Shop.Form().Where(f => f.Item1 is not ("IdNumber" or "Consent")), ("IdNumber", digits + HaoSuan.Orders.IdNumber.CheckOf(digits))]);

        Assert.Equal(422, page.Status);
        Assert.Contains("18", page.ErrorOf("IdNumber"), StringComparison.Ordinal);
        Assert.Contains("租赁合同", page.ErrorOf("Consent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_that_has_changed_meanwhile_comes_back_to_be_read_and_agreed_to()
    {
        var (shop, office) = (await Shop.OpenAsync(app), await app.VisitAs("operations"));
        var code = await Offer(office);
        var (path, consumer) = ($"{shop.Home}/devices/{code}", app.Visit());
        var open = await consumer.Open(path);
        var model = (await app.With<DeviceModels, IReadOnlyList<DeviceModel>>(m => m.AllAsync(Cancel))).Single(m => m.Code == code).Id.Value;
        var terms = $"/office/device-models/{model}";
        Assert.Equal("/office/device-models", (await office.Submit(terms, terms, ("MonthlyFee", "60"))).Location);

        var back = await consumer.Submit(open, path, [.. Shop.Form(), ("Channel", "wechat")]);

        Assert.Equal(422, back.Status);
        Assert.Contains("重新阅读", back.ErrorOf("Consent"), StringComparison.Ordinal);
        Assert.Contains("￥160.00", back.Words, StringComparison.Ordinal);
        Assert.False(back.Document.QuerySelector("input[name=Consent]")!.HasAttribute("checked"));
        var agreed = await consumer.Submit(back, path, [.. Shop.Form(), ("Channel", "wechat")]);
        Assert.EndsWith("/pay?bill=1&channel=wechat", agreed.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_goes_from_the_shop_through_the_office_and_back_and_everybody_sees_what_concerns_him()
    {
        var (shop, operations, finance) = (await Shop.OpenAsync(app), await app.VisitAs("operations"), await app.VisitAs("finance"));
        var code = await Offer(operations);
        var here = await Place(shop, code);
        Assert.Equal(422, (await app.Visit().Open($"{here}/pay?bill=1&channel=wechat")).Status);
        var back = await app.Visit().Open($"{here}?returned=1");
        Assert.Contains("支付 ￥130.00", back.Words, StringComparison.Ordinal);
        Assert.False(back.Headers.Contains("Refresh"));
        var paid = await Paid(here);
        var lease = paid.Lease;
        var books = await finance.Open($"/office/ledger?account=liability:unapplied:{paid.Bills[0].Id.Value}");
        Assert.Contains("待核销收款", books.Words, StringComparison.Ordinal);
        Assert.Contains("押金", books.Words, StringComparison.Ordinal);
        var desk = $"/office/leases/{lease.Id.Value}";

        Assert.Contains(lease.LeaseNo, (await operations.Open($"/office/leases?state=ToShip&q={lease.LeaseNo}")).Words, StringComparison.Ordinal);
        Assert.Equal(422, (await operations.Submit(desk, $"{desk}/hand-over", ("courier", "顺丰"))).Status);
        Assert.Equal(desk, (await operations.Submit(desk, $"{desk}/hand-over", ("courier", "顺丰"), ("trackingNo", "SF123"))).Location);
        Assert.Contains("租用中", (await app.Visit().Open(here)).Words, StringComparison.Ordinal);
        foreach (var secret in new[] { "张三丰", "13800138000", "中山大道" })
            Assert.DoesNotContain(secret, (await app.Visit().Open(here)).Text + (await finance.Open(desk)).Text, StringComparison.Ordinal);
        Assert.Contains("张三丰", (await operations.Submit(desk, $"{desk}/reveal")).Words, StringComparison.Ordinal);
        Assert.Contains($"/office/devices/{lease.Serial}", (await operations.Open(desk)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/office/devices/{lease.Serial}", (await finance.Open(desk)).Text, StringComparison.Ordinal);

        var consumer = app.Visit();
        Assert.Equal(here, (await consumer.Submit(here, $"{here}/return")).Location);
        Assert.Equal(here, (await consumer.Submit(here, $"{here}/keep")).Location);
        Assert.Equal(here, (await consumer.Submit(here, $"{here}/return")).Location);
        Assert.Equal(desk, (await operations.Submit(desk, $"{desk}/receive")).Location);
        Assert.Equal(422, (await operations.Submit(desk, $"{desk}/inspect", ("evidence", ""))).Status);
        Assert.DoesNotContain("write-off", (await operations.Open(desk)).Text, StringComparison.Ordinal);
        Assert.Contains("屏幕破裂", (await operations.Open(desk)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finance_corrects_a_bill_that_asked_for_too_much_and_everybody_sees_it()
    {
        var (shop, operations, finance) = (await Shop.OpenAsync(app), await app.VisitAs("operations"), await app.VisitAs("finance"));
        var here = await Place(shop, await Offer(operations, 1));
        var desk = $"/office/leases/{(await Paid(here)).Lease.Id.Value}";
        Assert.Equal(desk, (await operations.Submit(desk, $"{desk}/hand-over", ("courier", "顺丰"), ("trackingNo", "SF123"))).Location);
        Assert.Null((await finance.Open(desk)).Document.QuerySelector("form[action$=correct]"));
        Assert.Equal(desk, (await finance.Submit(desk, $"{desk}/lost", ("reason", "联系不上"))).Location);

        var wrong = await finance.Submit(desk, $"{desk}/correct", ("amount", "9999"), ("reason", "设备找回"));
        Assert.Equal((422, "减去的金额应大于 0，最多 150.00 元。"), (wrong.Status, wrong.ErrorOf("amount")));
        Assert.NotNull((await finance.Submit(desk, $"{desk}/correct", ("amount", "x"), ("reason", "设备找回"))).ErrorOf("amount"));
        var form = await finance.Open(desk);
        Assert.Equal(desk, (await finance.Submit(form, $"{desk}/correct", ("amount", "20"), ("reason", "设备找回"))).Location);
        Assert.NotNull((await finance.Submit(form, $"{desk}/correct", ("amount", "20"), ("reason", "设备找回"))).ErrorOf("corrected"));

        Assert.Contains("账单 2 减 ￥20.00：设备找回", (await finance.Open(desk)).Words, StringComparison.Ordinal);
        Assert.Contains("已更正 ￥20.00", (await app.Visit().Open(here)).Words, StringComparison.Ordinal);
        Assert.Null((await operations.Open(desk)).Document.QuerySelector("form[action$=correct]"));
    }

    [Fact]
    public async Task A_distributor_sees_the_leases_that_he_has_brought_masked_and_nobody_elses()
    {
        var (shop, stranger, office) = (await Shop.OpenAsync(app), await Shop.OpenAsync(app), await app.VisitAs("operations"));
        var here = await Place(shop, await Offer(office));
        var lease = (await app.With<LeaseList, LeaseDetail?>(l => l.FindByTokenAsync(here.Split('/')[^1], Cancel)))!.Lease;
        var (own, foreign) = (await Agent(shop), await Agent(stranger));

        var list = await own.Open("/agent/leases");

        Assert.Contains(lease.LeaseNo, list.Words, StringComparison.Ordinal);
        Assert.Contains("138****8000", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("张三丰", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lease.LeaseNo, (await foreign.Open("/agent/leases")).Words, StringComparison.Ordinal);
        var others = await app.VisitAs("admin", "other");
        Assert.Equal(404, (await others.Open($"/office/leases/{lease.Id.Value}")).Status);
        Assert.Equal(404, (await others.Open($"/office/devices/{lease.Serial}")).Status);
        Assert.DoesNotContain(lease.LeaseNo, (await others.Open("/office/leases")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_is_called_off_by_its_consumer_and_a_bill_leads_to_its_lease()
    {
        var (shop, office) = (await Shop.OpenAsync(app), await app.VisitAs("operations"));
        var here = await Place(shop, await Offer(office, 1));
        var lease = (await app.With<LeaseList, LeaseDetail?>(l => l.FindByTokenAsync(here.Split('/')[^1], Cancel)))!;
        Assert.Equal($"/office/leases/{lease.Lease.Id.Value}", (await office.Open($"/office/leases/bills/{lease.Bills[0].Id.Value}")).Location);

        Assert.Equal(here, (await app.Visit().Submit(here, $"{here}/call-off")).Location);

        var ended = (await app.Visit().Open(here)).Words;
        Assert.Contains("已取消", ended, StringComparison.Ordinal);
        Assert.DoesNotContain("退回", ended.Split("租赁合同")[0], StringComparison.Ordinal);
        Assert.Contains("在库", (await office.Open($"/office/devices/{lease.Lease.Serial}")).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await app.Visit().Open($"{shop.Home}/devices/leases/0000")).Status);
    }

    private async Task<Visitor> Agent(Shop shop)
    {
        var name = $"lease{shop.Code}".ToLowerInvariant();
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(name, App.Password, Role.Distributor, shop.Seller, Cancel))).Value;
        return await app.VisitAs(name);
    }
}
