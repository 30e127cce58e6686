using HaoSuan.Orders;

namespace HaoSuan.Tests.Web;

public sealed class ShopTests(App app)
{
    private const string Number = "13912346688";

    [Fact]
    public async Task A_shop_shows_who_recommends_and_what_can_be_ordered()
    {
        var shop = await Shop.OpenAsync(app);

        var page = await app.Visit().Open(shop.Home);

        Assert.Equal(200, page.Status);
        Assert.Contains("号数码店", page.Words, StringComparison.Ordinal);
        Assert.Equal([shop.Page], page.Document.QuerySelectorAll(".offer a").Select(a => a.GetAttribute("href")!));
    }

    [Theory]
    [InlineData("/s/demo-22222222")]
    [InlineData("/s/nobody-22222222")]
    [InlineData("/s/demo")]
    [InlineData("/s/demo-22222222/GD1")]
    [InlineData("/s/demo-22222222/o/0000")]
    public async Task An_unknown_invitation_product_or_order_is_not_found(string path) =>
        Assert.Equal(404, (await app.Visit().Open(path)).Status);

    [Fact]
    public async Task A_free_card_is_ordered_and_its_status_stands_under_an_address_that_tells_nothing()
    {
        var (shop, visitor) = (await Shop.OpenAsync(app), app.Visit());

        var sent = await visitor.Submit(shop.Page, shop.Page, Shop.Form());

        Assert.Equal(302, sent.Status);
        Assert.Matches($"^/s/{shop.Invite}/o/[0-9a-f]{{32}}$", sent.Location);
        var status = await app.Visit().Open(sent.Location!);
        Assert.Equal(200, status.Status);
        Assert.Contains("运营商审核", status.Words, StringComparison.Ordinal);
        Assert.Contains("张**", status.Words, StringComparison.Ordinal);
        foreach (var secret in new[] { "张三丰", "13800138000", Shop.IdNumber(1), "中山大道" })
            Assert.DoesNotContain(secret, status.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_form_comes_back_with_what_was_typed_and_every_fault_at_its_field()
    {
        var (shop, visitor) = (await Shop.OpenAsync(app), app.Visit());

        var page = await visitor.Submit(shop.Page, shop.Page, ("Name", "张三丰"), ("IdNumber", "110105194912310021"), ("Phone", "1"), ("Address", "短"));

        Assert.Equal(422, page.Status);
        Assert.Equal("身份证号有误，请逐位核对。", page.ErrorOf("IdNumber"));
        Assert.All(new[] { "Phone", "Province", "City", "Address", "Consent" }, field => Assert.NotNull(page.ErrorOf(field)));
        Assert.Null(page.ErrorOf("Name"));
        Assert.Equal("张三丰", page.Document.QuerySelector("#field-Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_post_without_its_token_is_refused() =>
        Assert.Equal(400, (await app.Visit().Post((await Shop.OpenAsync(app)).Page, Shop.Form())).Status);

    [Fact]
    public async Task A_number_is_found_reserved_and_ordered_without_scripts()
    {
        var (shop, visitor, other) = (await Shop.OpenAsync(app, default, Number, "13912340001", "13912340002"), app.Visit(), app.Visit());

        var found = await visitor.Open($"{shop.Page}?digits=88&pick=1");
        Assert.Equal([Number], found.Document.QuerySelectorAll("input[name=number]").Select(i => i.GetAttribute("value")!));
        Assert.Equal(shop.Page, (await visitor.Submit(found, $"{shop.Page}/number", ("number", Number))).Location);

        Assert.Empty((await other.Open($"{shop.Page}?digits=88")).Document.QuerySelectorAll("input[name=number]"));
        var late = await other.Submit(shop.Page, $"{shop.Page}/number", ("number", Number));
        Assert.Equal(422, late.Status);
        Assert.Contains("选走", late.ErrorOf("number"), StringComparison.Ordinal);

        var form = await visitor.Open(shop.Page);
        Assert.Contains("139 1234 6688", form.Words, StringComparison.Ordinal);
        Assert.Contains("还有 29 分钟", form.Words, StringComparison.Ordinal);
        var placed = await visitor.Submit(form, shop.Page, Shop.Form(2));
        Assert.Equal(302, placed.Status);
        Assert.Contains("139 1234 6688", (await visitor.Open(placed.Location!)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_priced_card_leads_to_its_payment_and_can_be_paid_later()
    {
        var (shop, visitor) = (await Shop.OpenAsync(app, new(10_00)), app.Visit());

        var sent = await visitor.Submit(shop.Page, shop.Page, [.. Shop.Form(3), ("Channel", "wechat")]);

        Assert.EndsWith("/pay?channel=wechat", sent.Location, StringComparison.Ordinal);
        var status = sent.Location!.Split("/pay")[0];
        Assert.Contains("￥10.00", (await visitor.Open(status)).Words, StringComparison.Ordinal);
        // No channel has keys in this installation: the page says so instead of failing.
        Assert.Equal(422, (await visitor.Open(sent.Location)).Status);
        Assert.Equal(["4"], (await visitor.Open($"{status}?returned=1")).Headers.GetValues("Refresh"));
    }

    [Fact]
    public async Task The_distributor_sees_its_orders_masked_and_nobody_elses()
    {
        var (shop, stranger) = (await Shop.OpenAsync(app), await Shop.OpenAsync(app));
        await app.Visit().Submit(shop.Page, shop.Page, Shop.Form(4));
        var (own, foreign) = (await Agent(shop), await Agent(stranger));

        var list = await own.Open("/agent/orders");
        var order = list.Document.QuerySelector("td a")!.GetAttribute("href")!;

        Assert.Contains("138****8000", list.Words, StringComparison.Ordinal);
        Assert.Equal(200, (await own.Open(order)).Status);
        Assert.DoesNotContain("张三丰", (await own.Open(order)).Text, StringComparison.Ordinal);
        var id = OrderId.From(Guid.Parse(order.Split('/')[^1]));
        _ = await app.With<Facts, bool>(f => f.RecordAsync(
            new(id, "accepted", Instant.From(TimeProvider.System.GetUtcNow()), "upstream:a", "e1",
                Attributes: new Dictionary<string, string> { ["phone"] = Number })));
        Assert.Contains("139****6688", (await own.Open(order)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, (await own.Open(order)).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await foreign.Open(order)).Status);
        Assert.Empty((await foreign.Open("/agent/orders")).Document.QuerySelectorAll("td a"));
    }

    [Fact]
    public async Task Operations_reveal_and_cancel_finance_only_looks()
    {
        var shop = await Shop.OpenAsync(app);
        await app.Visit().Submit(shop.Page, shop.Page, Shop.Form(5));
        var id = (await app.With<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(shop.Seller, new(), 0, 1)))[0].Id;
        var (page, operations, finance) = ($"/office/orders/{id.Value}", await app.VisitAs("operations"), await app.VisitAs("finance"));

        Assert.Equal(200, (await finance.Open(page)).Status);
        Assert.DoesNotContain("reveal", (await finance.Open(page)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await operations.Open("/office/orders?q=&state=Confirmed")).Status);
        var revealed = await operations.Submit(page, $"{page}/reveal");
        Assert.Contains("张三丰", revealed.Words, StringComparison.Ordinal);
        Assert.Contains(Shop.IdNumber(5), revealed.Words, StringComparison.Ordinal);

        Assert.Equal(422, (await operations.Submit(page, $"{page}/cancel")).Status);
        Assert.Equal(302, (await operations.Submit(page, $"{page}/cancel", ("Reason", "用户要求取消"))).Status);
        await app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(TestContext.Current.CancellationToken);
        Assert.Contains("已取消", (await operations.Open(page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_are_received_and_shipped_from_the_pages()
    {
        var shop = await Shop.OpenAsync(app);
        await app.Visit().Submit(shop.Page, shop.Page, Shop.Form(6));
        var id = (await app.With<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(shop.Seller, new(), 0, 1)))[0].Id;
        var (page, office) = ($"/office/orders/{id.Value}", await app.VisitAs("operations"));

        const string receive = "/office/stock/receive";
        await office.Submit("/office/warehouses", "/office/warehouses", ("name", "一号仓"), ("do", "open"));
        (string, string)[] where = [("product", $"{shop.Product.Value}"), ("warehouse", "一号仓")];
        var bad = await office.Upload(receive, "file", "cards.csv", "ICCID\n89860112345678901234\n123\n"u8.ToArray(), where);
        Assert.Equal(422, bad.Status);
        Assert.StartsWith("第 3 行：123 不是 ICCID", bad.ErrorOf("iccids"), StringComparison.Ordinal);
        Assert.Equal(302, (await office.Submit(receive, receive, [.. where, ("iccids", "89860112345678901234")])).Status);

        Assert.Equal(422, (await office.Submit(page, $"{page}/ship", ("Courier", "顺丰"))).Status);
        Assert.Equal(302, (await office.Submit(page, $"{page}/ship", ("Courier", "顺丰"), ("TrackingNo", "SF123456789"))).Status);

        Assert.Contains("89860112345678901234", (await office.Open(page)).Words, StringComparison.Ordinal);
        Assert.Equal("/office/cards/89860112345678901234", (await office.Open("/office/cards?iccid=901234")).Location);
        Assert.Contains("已发货", (await office.Open("/office/cards/89860112345678901234")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_are_sent_arrive_and_are_counted_on_the_pages()
    {
        var (shop, office) = (await Shop.OpenAsync(app), await app.VisitAs("operations"));
        const string sent = "89860112345678907001", left = "89860112345678907002", lost = "89860112345678907003";
        foreach (var name in new[] { "东仓", "西仓" }) await office.Submit("/office/warehouses", "/office/warehouses", ("name", name), ("do", "open"));
        const string receive = "/office/stock/receive", send = "/office/transfers/new";
        await office.Submit(
            receive, receive, ("product", $"{shop.Product.Value}"), ("warehouse", "东仓"), ("iccids", $"{sent}\n{left}\n{lost}"));

        var transfer = (await office.Submit(send, send, ("warehouse", "东仓"), ("to", "西仓"), ("iccids", sent))).Location!;
        Assert.Contains("在途", (await office.Open(transfer)).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await office.Submit(transfer, transfer, ("do", "all"))).Status);
        var missed = (await office.Submit(send, send, ("warehouse", "东仓"), ("to", "西仓"), ("iccids", lost))).Location!;
        Assert.Equal(302, (await office.Submit(missed, missed, ("do", "lose"), ("reason", "快递丢件"))).Status);
        Assert.Contains("丢失", (await office.Open($"/office/cards/{lost}")).Words, StringComparison.Ordinal);

        var stocktake = (await office.Submit("/office/stocktakes", "/office/stocktakes", ("warehouse", "西仓"))).Location!;
        Assert.Equal(302, (await office.Submit(stocktake, stocktake, ("do", "count"), ("iccids", $"{sent} {left}"))).Status);
        Assert.Equal(302, (await office.Submit(stocktake, stocktake, ("do", "compare"))).Status);
        Assert.Contains("串仓", (await office.Open(stocktake)).Words, StringComparison.Ordinal);
        Assert.Equal(422, (await office.Submit(stocktake, stocktake, ("do", "decide"), ("cards", left), ("decision", "Book"))).Status);
        await office.Submit(stocktake, stocktake, ("do", "decide"), ("cards", left), ("decision", "Book"), ("reason", "放错仓"));

        Assert.Contains("西仓", (await office.Open($"/office/cards/{left}")).Words, StringComparison.Ordinal);
        Assert.Contains("已完成", (await office.Open("/office/stocktakes")).Words, StringComparison.Ordinal);
        foreach (var page in new[] { "/office/stock", "/office/stock/assign", "/office/stock/returns", "/office/transfers" })
            Assert.Equal(200, (await office.Open(page)).Status);
        Assert.Equal(200, (await (await app.VisitAs("finance")).Open(stocktake)).Status);
    }

    [Fact]
    public async Task Numbers_are_imported_and_found_in_the_office()
    {
        var (shop, office) = (await Shop.OpenAsync(app, default, "13700000001"), await app.VisitAs("operations"));

        var imported = await office.Upload(
            "/office/numbers", "file", "numbers.csv", "号码,加价\n13700008888,500.00\n"u8.ToArray(), ("product", $"{shop.Product.Value}"));

        Assert.Equal(302, imported.Status);
        var list = await office.Open($"{imported.Location}&digits=8888");
        Assert.Contains("13700008888", list.Words, StringComparison.Ordinal);
        Assert.Contains("￥500.00", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("13700000001", list.Words, StringComparison.Ordinal);
        Assert.Contains("13700000001", (await office.Open($"{imported.Location}&digits=137????0001&place=tail&no4=true")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("13700008888", (await office.Open($"{imported.Location}&price=None")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_previewed_set_and_accepted_by_the_consumer()
    {
        var shop = await Shop.OpenAsync(app, default, "13912341357", "13912342468", "13912347777");
        var (office, visitor) = (await app.VisitAs("operations"), app.Visit());
        (string, string)[] rule = [("pattern", "AAAA"), ("scope", $"{shop.Product.Value}"), ("supplement", "500"), ("monthly", "58"), ("months", "24")];

        var preview = await office.Submit("/office/numbers/rules", "/office/numbers/rules", [.. rule, ("do", "preview")]);
        Assert.Contains("涉及 1 个可选号码", preview.Words, StringComparison.Ordinal);
        Assert.Equal(422, (await office.Submit("/office/numbers/rules", "/office/numbers/rules", [.. rule[..^1], ("months", "两年"), ("do", "set")])).Status);
        Assert.Equal(302, (await office.Submit("/office/numbers/rules", "/office/numbers/rules", [.. rule, ("do", "set")])).Status);
        Assert.Contains("1 个可选号码", (await office.Open("/office/numbers/rules")).Words, StringComparison.Ordinal);

        var found = await visitor.Open($"{shop.Page}?pattern=AAAA&pick=1");
        Assert.Contains("加价 ￥500.00，低消 ￥58.00/月，合约 24 个月", found.Words, StringComparison.Ordinal);
        await visitor.Submit(found, $"{shop.Page}/number", ("number", "13912347777"));
        var form = await visitor.Open(shop.Page);
        Assert.Contains("每月最低消费", form.Words, StringComparison.Ordinal);
        Assert.NotNull((await visitor.Submit(form, shop.Page, [.. Shop.Form(7), ("Channel", "wechat")])).ErrorOf("NumberTerms"));
        var placed = await visitor.Submit(form, shop.Page, [.. Shop.Form(7), ("Channel", "wechat"), ("NumberTerms", "true")]);
        Assert.Equal(302, placed.Status);
        Assert.Contains("24 个月", (await visitor.Open(placed.Location!.Split("/pay")[0])).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_lifted_and_one_for_an_unknown_scope_is_refused()
    {
        var shop = await Shop.OpenAsync(app, default, "13912348866");
        var office = await app.VisitAs("operations");
        (string, string)[] rule = [("pattern", "AABB"), ("scope", $"{shop.Product.Value}"), ("supplement", "66")];

        Assert.NotNull((await Do("set", ("pattern", "AABB"), ("scope", "elsewhere"))).ErrorOf("scope"));
        Assert.NotNull((await Do("set", [.. rule, ("lift", "true")])).ErrorOf("lift"));
        Assert.Equal(302, (await Do("set", rule)).Status);
        Assert.Contains("加价 ￥66.00", (await app.Visit().Open($"{shop.Page}?pick=1")).Words, StringComparison.Ordinal);
        Assert.Contains("涉及 1 个可选号码", (await Do("preview", [.. rule, ("lift", "true")])).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await Do("set", [.. rule, ("lift", "true")])).Status);

        Assert.DoesNotContain("加价 ￥66.00", (await app.Visit().Open($"{shop.Page}?pick=1")).Words, StringComparison.Ordinal);

        Task<Page> Do(string verb, params (string, string)[] form) => office.Submit("/office/numbers/rules", "/office/numbers/rules", [.. form, ("do", verb)]);
    }

    [Fact]
    public async Task A_workbook_of_numbers_with_a_fault_is_refused_by_its_line()
    {
        var (shop, office) = (await Shop.OpenAsync(app, default, "13700000011"), await app.VisitAs("operations"));
        using MemoryStream sheet = new();
        MiniExcelLibs.MiniExcel.SaveAs(sheet, new[] { new { 号码 = "13700000012", 加价 = "80" }, new { 号码 = "1370000", 加价 = "" } });

        var refused = await office.Upload("/office/numbers", "file", "numbers.xlsx", sheet.ToArray(), ("product", $"{shop.Product.Value}"));

        Assert.Equal(422, refused.Status);
        Assert.Contains("第 3 行", refused.ErrorOf("numbers"), StringComparison.Ordinal);
        Assert.DoesNotContain("13700000012", (await office.Open($"/office/numbers?product={shop.Product.Value}")).Words, StringComparison.Ordinal);
    }

    private async Task<Visitor> Agent(Shop shop)
    {
        var name = $"agent-{shop.Code}".ToLowerInvariant();
        _ = (await app.With<HaoSuan.Identity.Users, Result<UserId>>(
            u => u.CreateAsync(name, App.Password, HaoSuan.Identity.Role.Distributor, shop.Seller))).Value;
        return await app.VisitAs(name);
    }
}
