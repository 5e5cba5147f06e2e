-- Tabla ancha para leer: un enunciado por fila, con los códigos que se cuentan. Se deriva
-- de las tablas normalizadas, que son la verdad: de las filas que `sus_enunciados` y las
-- demás `sus_` apartaron de ellas, que son todas, por partes, o las de una escritura.
with principales as (
    select
        c.enunciado_id,
        max(case when c.faceta = 'naturaleza' then c.codigo end) as naturaleza,
        max(case when c.faceta = 'naturaleza' then k.nombre end) as naturaleza_nombre,
        max(case when c.faceta = 'naturaleza' then k.orden end) as naturaleza_orden,
        max(case when c.faceta = 'tipo' then c.codigo end) as tipo,
        max(case when c.faceta = 'tipo' then k.nombre end) as tipo_nombre,
        max(case when c.faceta = 'tipo' then k.orden end) as tipo_orden,
        max(case when c.faceta = 'recurso' then c.codigo end) as recurso,
        max(case when c.faceta = 'recurso' then k.nombre end) as recurso_nombre,
        max(l.nombre) as libro,
        max(q.clase) as codificado_por
    from sus_codificaciones as c
    inner join lectura_codigos as k using (faceta, codigo)
    inner join libros as l using (libro_id)
    inner join codificadores as q using (codificador_id)
    where c.es_principal
    group by c.enunciado_id
    -- Lo que nadie codificó todavía no se cuenta; se dice cuánto es.
    having
        count(*) filter (where c.faceta = 'naturaleza') > 0
        and count(*) filter (where c.faceta = 'tipo') > 0
),

lugares as (
    select
        c.enunciado_id,
        min(d.clase) as clase,
        min(c.seccion) as seccion,
        min(c.parrafo) as parrafo,
        string_agg(
            concat(c.primer_caracter, ' a ', c.ultimo_caracter), ' y ' order by c.cita_id
        ) as caracteres
    from sus_citas as c
    inner join documentos as d using (documento_id)
    group by c.enunciado_id
),

tratados as (
    select
        ei.enunciado_id,
        string_agg(i.nombre, '; ' order by strip_accents(lower(i.nombre)))
            as instrumentos,
        string_agg(i.instrumento_id, chr(31) order by i.instrumento_id) as tratados
    from sus_enunciados_instrumentos as ei
    inner join instrumentos as i using (instrumento_id)
    where ei.es_principal
    group by ei.enunciado_id
)

select
    td.desde + e.orden as posicion,
    e.enunciado_id,
    td.dialogo_id,
    td.dialogo,
    td.region_id,
    td.region,
    td.region_orden,
    td.anio,
    td.es_ficticio,
    td.tema_dialogo_id,
    td.tema_id,
    td.tema_canonico,
    td.numero as tema_numero,
    td.nombre as tema,
    e.nivel_atribucion,
    e.mesa_id,
    case e.nivel_atribucion
        when 'mesa' then v.letra
        when 'tema' then 'conjunto'
        else 'plenario'
    end as mesa,
    e.pregunta_id,
    q.texto as pregunta,
    coalesce(q.clave, q.pregunta_id) as pregunta_clave,
    e.orden,
    e.texto,
    strip_accents(lower(e.texto)) as texto_busqueda,
    e.certeza,
    case e.certeza when 'alta' then 1 when 'media' then 2 else 3 end as certeza_orden,
    e.reitera_a,
    p.naturaleza,
    p.naturaleza_nombre,
    p.naturaleza_orden,
    p.tipo,
    p.tipo_nombre,
    p.tipo_orden,
    p.recurso,
    p.recurso_nombre,
    p.libro,
    p.codificado_por,
    v.convocatoria,
    t.tratados,
    t.instrumentos,
    strip_accents(lower(t.instrumentos)) as instrumentos_orden,
    l.seccion,
    l.parrafo,
    concat(
        case when l.clase = 'acta' then 'Acta, ' else 'Sección ' end,
        l.seccion, ', tema ', td.numero, ', párrafo ', l.parrafo,
        ', caracteres ', l.caracteres
    ) as lugar,
    -- Se suman, y así se cuenta igual aquí y en lectura_recuentos.
    1 as enunciados,
    case when e.reitera_a is null then 0 else 1 end as reiterados
from sus_enunciados as e
inner join lectura_temas as td using (tema_dialogo_id)
inner join principales as p using (enunciado_id)
inner join lugares as l using (enunciado_id)
left join lectura_convocatorias as v
    on
        e.tema_dialogo_id = v.tema_dialogo_id
        and e.mesa_id is not distinct from v.mesa_id
left join preguntas as q on e.pregunta_id = q.pregunta_id
left join tratados as t on e.enunciado_id = t.enunciado_id
where e.enunciado_id not in (select x.enunciado_id from retirados as x)
order by posicion
