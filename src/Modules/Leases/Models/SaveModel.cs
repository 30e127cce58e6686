namespace HaoSuan.Leases;

/// <summary>Adds a device model, or changes one: leases that were placed before keep their terms.</summary>
public sealed class SaveModel(Db db, Audit audit, TimeProvider time)
{
    /// <param name="id">Which; null: a new one.</param>
    /// <param name="form">As it was typed.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<DeviceModelId>> RunAsync(DeviceModelId? id, ModelForm form, CancellationToken cancel = default) =>
        TermsRules.Read(form).TryGet(out var clean, out var faults)
            ? db.InTransaction(() => SaveAsync(id, clean, cancel), cancel)
            : Task.FromResult<Result<DeviceModelId>>(faults.ToList());

    private async Task<Result<DeviceModelId>> SaveAsync(DeviceModelId? id, CleanModel clean, CancellationToken cancel)
    {
        if (await db.DeviceModels.AnyAsync(m => m.Code == clean.Code && m.Id != id, cancel))
            return new Refusal("leases.model_code_taken", clean.Code).On(nameof(ModelForm.Code));
        var row = id is null ? null : await db.DeviceModels.Where(m => m.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        if (id is not null && row is null) return new Refusal("leases.model_unknown");
        var terms = TermsText.Write(clean.Terms);
        if (row is null)
        {
            row = new()
            {
                Id = NewId.Of<DeviceModelId>(time),
                Code = clean.Code,
                Name = clean.Name,
                Summary = clean.Summary,
                OnOffer = clean.OnOffer,
                Terms = terms,
            };
            db.Add(row);
        }
        else (row.Code, row.Name, row.Summary, row.OnOffer, row.Terms) = (clean.Code, clean.Name, clean.Summary, clean.OnOffer, terms);
        audit.Record("device_model.saved", $"device_model:{row.Id.Value}", terms);
        await db.SaveOrRunAgainAsync(cancel);
        return row.Id;
    }
}
