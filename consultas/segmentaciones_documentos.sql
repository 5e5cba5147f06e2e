-- ¿De qué documentos y temas se pueden dividir párrafos, y cuántas divisiones tienen?
-- Una fila por documento y tema; si su texto no está cargado no se divide, y se dice.
-- De los filtros solo mira los de diálogo y el de tema.
select
    v.documento_id,
    v.titulo,
    v.clase,
    v.dialogo,
    v.tema_dialogo_id,
    v.tema_numero,
    v.tema,
    v.texto_documento is not null as hay_texto,
    cast(coalesce(s.divisiones, 0) as integer) as divisiones
from divisibles as v
left join (
    select
        g.documento_id,
        g.tema_dialogo_id,
        count(*) as divisiones
    from segmentaciones as g
    group by g.documento_id, g.tema_dialogo_id
) as s
    on v.documento_id = s.documento_id and v.tema_dialogo_id = s.tema_dialogo_id
order by v.dialogo, v.dialogo_id, v.tema_numero, v.titulo, v.documento_id
