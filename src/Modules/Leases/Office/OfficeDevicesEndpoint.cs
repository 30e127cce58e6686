using HaoSuan.Identity;
using HaoSuan.Platform.Sheets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Leases;

/// <summary>Devices by serial number, their receipt, and one device's life: <c>/office/devices</c>.</summary>
internal sealed class OfficeDevicesEndpoint(DeviceList devices, DeviceModels models, ReceiveDevices receive, MoveDevice move, Users users, Texts texts)
{
    private const int PerPage = 50;
    private const int MostPages = 10_000;
    private const int LargestFile = 20_000_000;

    public static async Task<IResult> List(string? q, string? state, int? page, OfficeDevicesEndpoint desk, CancellationToken cancel)
    {
        var number = Math.Clamp(page ?? 1, 1, MostPages);
        var found = await desk.FoundAsync(q, Enum.TryParse<DeviceState>(state, out var one) ? one : null, number, cancel);
        return new RazorComponentResult<OfficeDevicesPage>(new
        {
            Devices = found.Take(PerPage).ToList(),
            Models = await desk.NamesAsync(cancel),
            Counts = await desk.CountAsync(cancel),
            Q = q,
            State = state,
            Page = number,
            HasMore = found.Count > PerPage,
        });
    }

    public static Task<IResult> ShowReceive(OfficeDevicesEndpoint desk, CancellationToken cancel) => desk.ReceivePageAsync(new(), [], cancel);

    public static async Task<IResult> Receive(
        [FromForm] ReceiveDevicesPage.Input form, IFormFile? file, OfficeDevicesEndpoint desk, HttpContext http, CancellationToken cancel)
    {
        var received = await desk.ReceiveAsync(form, file, cancel);
        if (received.IsRefused) return await desk.ReceivePageAsync(form, received.Refusals, cancel);
        http.LeaveNotice($"已入库 {received.Value.Added} 台；清单中另有 {received.Value.Known} 台之前已入库，没有重复记。");
        return TypedResults.LocalRedirect("/office/devices");
    }

    public static Task<IResult> Show(string serial, OfficeDevicesEndpoint desk, CancellationToken cancel) =>
        desk.CardAsync(serial, new(null, null), [], cancel);

    public static async Task<IResult> Move(
        string serial, [FromForm] DeviceCardPage.Input form, OfficeDevicesEndpoint desk, HttpContext http, CancellationToken cancel)
    {
        var moved = await desk.MoveAsync(serial, form, cancel);
        if (moved.IsRefused) return await desk.CardAsync(serial, form, moved.Refusals, cancel);
        http.LeaveNotice("已变更。");
        return TypedResults.LocalRedirect($"/office/devices/{serial}");
    }

    private Task<IReadOnlyList<Device>> FoundAsync(string? q, DeviceState? state, int page, CancellationToken cancel) =>
        devices.FindAsync(q, state, (page - 1) * PerPage, PerPage + 1, cancel);

    private Task<IReadOnlyList<DeviceCount>> CountAsync(CancellationToken cancel) => devices.CountAsync(cancel);

    private async Task<IReadOnlyDictionary<DeviceModelId, string>> NamesAsync(CancellationToken cancel) =>
        (await models.AllAsync(cancel)).ToDictionary(m => m.Id, m => m.Name);

    /// <summary>An uploaded sheet counts where both are given.</summary>
    private async Task<Result<DevicesReceived>> ReceiveAsync(ReceiveDevicesPage.Input form, IFormFile? file, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Model, out var model)) return new Refusal("leases.model_unknown").On("model");
        if (file is not { Length: > 0 }) return await receive.RunAsync(new(model), SheetLines.Of(form.Serials ?? ""), cancel);
        if (file.Length > LargestFile) return new Refusal("leases.file_too_large").On("file");
        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes, cancel);
        return SheetLines.Read(bytes.ToArray()).TryGet(out var lines, out var refusals)
            ? await receive.RunAsync(new(model), lines, cancel)
            : refusals.Select(r => r.On("file")).ToList();
    }

    private async Task<Result<Done>> MoveAsync(string serial, DeviceCardPage.Input form, CancellationToken cancel) =>
        Enum.TryParse<DeviceState>(form.To, out var to)
            ? await move.RunAsync(serial, to, form.Reason, cancel)
            : new Refusal("leases.move_not_possible", serial).On("to");

    private async Task<IResult> ReceivePageAsync(ReceiveDevicesPage.Input form, IReadOnlyList<Refusal> refusals, CancellationToken cancel) =>
        new RazorComponentResult<ReceiveDevicesPage>(new
        {
            Form = form,
            Models = (await models.AllAsync(cancel)).Select(m => new Option($"{m.Id.Value}", $"{m.Name}（{m.Code}）")).ToList(),
            Errors = Errors(refusals),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };

    private async Task<IResult> CardAsync(string serial, DeviceCardPage.Input form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await devices.OfAsync(serial, cancel) is not { } device) return TypedResults.NotFound();
        return new RazorComponentResult<DeviceCardPage>(new
        {
            Device = device,
            Model = (await NamesAsync(cancel)).GetValueOrDefault(device.ModelId, ""),
            Moves = await devices.HistoryAsync(serial, cancel),
            People = await users.NamesAsync(cancel),
            Form = form,
            Errors = Errors(refusals),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }

    /// <summary>The words: those of the file stand with the reader of sheets.</summary>
    private FormErrors Errors(IReadOnlyList<Refusal> refusals) =>
        FormErrors.Of(refusals, r => r.Code.StartsWith("sheets.", StringComparison.Ordinal) ? SheetTexts.Of(r) : texts.Of(r));
}
